using System;

namespace ToroCosmos.KernelSuites;

/// <summary>Expected exceptions.</summary>
internal static class Catch
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
}
