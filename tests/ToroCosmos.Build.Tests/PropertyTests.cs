using System.Threading.Tasks;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>A changed property makes those steps run again that it changes, and no others.</summary>
[Collection(nameof(KernelProjectCollection))]
public class PropertyTests(KernelProject kernel)
{
    [Theory]
    [InlineData("ToroCommandLine=", BuildSteps.None)]
    [InlineData("ToroCommandLine=rounds=3", BuildSteps.Iso)]
    [InlineData("ToroInstructionSet=x86-64-v2", BuildSteps.Compile | BuildSteps.Assemble | BuildSteps.Link | BuildSteps.Iso)]
    [InlineData("ToroStackSize=512", BuildSteps.Assemble | BuildSteps.Link | BuildSteps.Iso)]
    [InlineData("ToroNasm=/usr/bin/nasm", BuildSteps.Assemble | BuildSteps.Link | BuildSteps.Iso)]
    [InlineData("ToroLinker=/usr/bin/ld", BuildSteps.Link | BuildSteps.Iso)]
    [InlineData("ToroStrip=/usr/bin/strip", BuildSteps.Iso)]
    public async Task A_changed_property_repeats_the_steps_that_it_changes(string property, BuildSteps steps)
    {
        await kernel.WriteProgramAsync();
        await kernel.BuildAsync();
        BuildTimes before = kernel.Times();

        await kernel.BuildAsync(property);

        Assert.Equal(steps, kernel.Times().Since(before));
    }
}
