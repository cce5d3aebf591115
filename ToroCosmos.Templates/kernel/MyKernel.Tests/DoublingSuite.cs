using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace MyKernel.Tests;

internal static class DoublingSuite
{
    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_doubles(int core) => Check.Equal(2 * core, Doubling.Double(core));

    [KernelTest(MinimumCores = 2)]
    internal static void Another_core_answers_over_the_bus()
    {
        Check.That(MachineBus.Start());
        Cores.RunOnAll(core => MachineBus.Current.InitializeQueues());
        Cores.Run(1, Doubling.Serve);

        Check.Equal(42, Doubling.Ask(1, 21));
    }
}
