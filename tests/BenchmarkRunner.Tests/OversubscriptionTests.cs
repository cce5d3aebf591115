using BenchmarkRunner.Programs;
using TestRunner.Machines;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class OversubscriptionTests
{
    [Theory]
    [InlineData(2, 2, Accelerator.TcgMulti, "")]
    [InlineData(3, 8, Accelerator.Kvm, "")]
    [InlineData(3, 2, Accelerator.TcgMulti, "-oversubscribed-multi")]
    [InlineData(3, 2, Accelerator.TcgSingle, "-oversubscribed-single")]
    [InlineData(8, 2, Accelerator.Kvm, "-oversubscribed-kvm")]
    public void Rows_of_more_cores_than_processors_are_named_so(int cores, int processors, Accelerator accelerator, string suffix) =>
        Assert.Equal(suffix, Oversubscription.Suffix(cores, processors, accelerator));
}
