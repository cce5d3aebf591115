using TestRunner.Machines;

namespace BenchmarkRunner.Programs;

/// <summary>Rows of machines with more virtual cores than this computer has processors are named so.</summary>
public static class Oversubscription
{
    /// <summary>What follows the name of a row; empty when each virtual core may have a processor of its own.</summary>
    /// <param name="cores">Virtual cores.</param>
    /// <param name="processors">Processors of this computer.</param>
    /// <param name="accelerator">What runs the machine: cores take turns in different ways.</param>
    public static string Suffix(int cores, int processors, Accelerator accelerator) => accelerator switch
    {
        _ when cores <= processors => "",
        Accelerator.TcgSingle => "-oversubscribed-single",
        Accelerator.TcgMulti => "-oversubscribed-multi",
        _ => "-oversubscribed-kvm",
    };
}
