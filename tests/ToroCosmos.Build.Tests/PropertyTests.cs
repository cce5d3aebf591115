using System;
using System.Threading.Tasks;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>
/// A changed property makes those steps run again that it changes, and no others; one that makes no sense is an error of the
/// build, in a sentence.
/// </summary>
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
    [InlineData("ToroLineTable=true", BuildSteps.Link | BuildSteps.Iso)]
    [InlineData("ToroStrip=/usr/bin/strip", BuildSteps.Iso)]
    public async Task A_changed_property_repeats_the_steps_that_it_changes(string property, BuildSteps steps)
    {
        await kernel.WriteProgramAsync();
        await kernel.BuildAsync();
        BuildTimes before = kernel.Times();

        await kernel.BuildAsync(property);

        Assert.Equal(steps, kernel.Times().Since(before));
    }

    [Theory]
    [InlineData("ToroInstructionSet=x86-64-v5", "ToroInstructionSet is 'x86-64-v5', but must be x86-64, x86-64-v2, x86-64-v3 or x86-64-v4")]
    [InlineData("ToroInstructionSet=native", "ToroInstructionSet is 'native', but must be")]
    [InlineData("ToroStackSize=many", "ToroStackSize is 'many', but must be the KiB of each core's stack")]
    [InlineData("ToroStackSize=32", "ToroStackSize is '32', but must be")]
    [InlineData("ToroStackSize=130", "ToroStackSize is '130', but must be")]
    [InlineData("ToroStackSize=16388", "ToroStackSize is '16388', but must be")]
    public async Task A_property_without_sense_is_refused(string property, string sentence)
    {
        ProgramResult result = await kernel.RunTargetAsync(null, "ToroOptions", property);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error : " + sentence, result.Output, StringComparison.Ordinal);
    }
}
