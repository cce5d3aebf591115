using System;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>Expected exceptions.</summary>
internal static unsafe class Catch
{
    /// <summary>Whether an action throws an exception of a type. Another one goes on to the caller.</summary>
    public static bool Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (T)
        {
            return true;
        }
    }

    /// <summary>
    /// Whether a function throws an exception of a type; for toolchains in which exceptions do not leave a delegate.
    /// </summary>
    public static bool Throws<T>(delegate*<int, void> function)
        where T : Exception
    {
        try
        {
            Cpu.Call(function, 0);
            return false;
        }
        catch (T)
        {
            return true;
        }
    }
}
