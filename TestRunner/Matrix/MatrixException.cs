using System;

namespace TestRunner.Matrix;

/// <summary>The file of profiles is wrong; the message names the place.</summary>
public sealed class MatrixException : Exception
{
    public MatrixException(string message)
        : base(message)
    {
    }

    public MatrixException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public MatrixException()
    {
    }
}
