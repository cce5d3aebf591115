using System;
using System.IO;
using System.Runtime.CompilerServices;
using ToroCosmos.Interleaving.Tests.Exploration;

namespace ToroCosmos.Seam;

/// <summary>The explored core's instructions.</summary>
public static unsafe class Cpu
{
    private const string LoopUntilTimeIsUp = "CoreStarter";
    private const string LoopUntilSettled = "Settle";

    /// <summary>
    /// Changes nothing that the explorer could see where the loop ends by itself. Where it ends only when a field has changed or a
    /// time is up, one of both is what it goes on with: before, it would find what it has found.
    /// </summary>
    public static void Pause([CallerMemberName] string place = "", [CallerFilePath] string file = "")
    {
        if (TypeOf(file) == LoopUntilTimeIsUp)
        {
            CoreRun.Current?.Pause(place);
        }
        else if (place == LoopUntilSettled)
        {
            CoreRun.Current?.Settle();
        }
    }

    public static void FullFence([CallerMemberName] string place = "", [CallerFilePath] string file = "") =>
        CoreRun.Current?.Fence(TypeOf(file) + "." + place);

    public static void Call(delegate*<int, void> function, int argument)
    {
        if (function == null)
        {
            throw new InvalidOperationException("No function was there to be called.");
        }

        function(argument);
    }

    /// <summary>The type that a file of the product is for.</summary>
    internal static string TypeOf(string file) => Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
}
