using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Programs.Tests;

/// <summary>Every program as a case of its own: the machine's answer is the host's.</summary>
/// <typeparam name="TMachine">The machine it runs on.</typeparam>
/// <param name="boot">The boot that the cases share.</param>
/// <param name="output">The case's output.</param>
public abstract class BootedProgramTests<TMachine>(ProgramBoot<TMachine> boot, ITestOutputHelper output)
    : IClassFixture<ProgramBoot<TMachine>>
    where TMachine : IProgramMachine, new()
{
    [SuppressMessage("Design", "CA1000", Justification = "xunit looks for the cases in the test's class.")]
    public static TheoryData<string> Cases => [.. Catalog.All.Select(program => program.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Program(string id)
    {
        SampleProgram program = Catalog.All.Single(program => program.Id == id);
        string expected = program.Refused is null ? HostAnswers.Of(program) : "";
        string? mistake = Judgement.FindMistake(program, expected, boot.Outcomes.GetValueOrDefault(id), KnownFailures.All);
        output.WriteLine(boot.Outcomes.GetValueOrDefault(id, ""));
        Assert.True(mistake is null, mistake);
    }

    [Fact]
    public void The_boot_is_complete_and_ends_well() => Assert.Empty(boot.Problems);
}
