using System;

namespace TestRunner.Machines;

/// <summary>The machine cannot be started; the message says what is missing and what to do.</summary>
public sealed class MachineException : Exception
{
    public MachineException(string message)
        : base(message)
    {
    }

    public MachineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public MachineException()
    {
    }
}
