namespace ToroCosmos.Demo;

/// <summary>The NativeAOT kernel: an ordinary program, whose arguments are the kernel's command line.</summary>
internal static class Program
{
    private static int Main(string[] args) => BroadcastDemo.Run(args);
}
