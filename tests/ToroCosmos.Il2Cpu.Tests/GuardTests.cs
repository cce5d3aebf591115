using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using Xunit;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>The libraries and the demo, as IL2CPU gets them.</summary>
public sealed class GuardTests
{
    [Fact]
    public void Libraries_and_demo_do_nothing_that_fails_under_IL2CPU()
    {
        using KernelCode kernel = KernelCode.Read(Assemblies.Product);
        Finding[] findings = [.. Guard.Check(kernel).Where(finding => !Exemption.All.Any(each => each.Covers(finding)))];
        Assert.True(findings.Length == 0, $"{findings.Length} findings; docs/cosmos.md has the rules.\n{string.Join('\n', findings.AsEnumerable())}");
    }

    [Fact]
    public void Every_exemption_is_still_needed()
    {
        using KernelCode kernel = KernelCode.Read(Assemblies.Product);
        IReadOnlyList<Finding> findings = Guard.Check(kernel);
        Assert.DoesNotContain(Exemption.All, exemption => !findings.Any(exemption.Covers));
    }

    [Theory]
    [InlineData("ToroCosmos.VirtIOBus.BusEndpoint", "SendTo")]
    [InlineData("ToroCosmos.VirtIOBus.BusEndpoint", "RecvFrom")]
    [InlineData("ToroCosmos.VirtIOBus.MessageSource", "HasNews")]
    [InlineData("ToroCosmos.VirtIOBus.LoanSource", "Watch")]
    [InlineData("ToroCosmos.Smp.Waiting.Waiter", "Sleep")]
    [InlineData("ToroCosmos.Smp.Waiting.WaitSet", "Wait")]
    [InlineData("ToroCosmos.Smp.Waiting.CoreSignal", "Set")]
    [InlineData("ToroCosmos.VirtIOBus.Links.InOrderDriver", "Initialize")]
    [InlineData("ToroCosmos.VirtIOBus.Links.InOrderDevice", "Commit")]
    [InlineData("ToroCosmos.Smp.Cores", "Enter")]
    [InlineData("ToroCosmos.Smp.CoreMailbox", "ServeOne")]
    [InlineData("ToroCosmos.Smp.Startup.CoreStarter", "Answer")]
    [InlineData("ToroCosmos.Smp.Waiting.HaltSleep", "Sleep")]
    [InlineData("ToroCosmos.Smp.Apic.LocalApic", "EnableThisCore")]
    [InlineData("ToroCosmos.Smp.Measurement.WaitMeasurement", "ReturnAsleep")]
    [InlineData("ToroCosmos.Demo.DemoCore", "Exchange")]
    public void What_other_cores_run_is_known_to_the_guard(string type, string method)
    {
        using KernelCode kernel = KernelCode.Read(Assemblies.Product);
        Assert.Contains(
            kernel.RunOnAnyCore().Keys,
            (MethodDefinition each) => each.DeclaringType.FullName == type && each.Name == method);
    }

    [Fact]
    public void What_the_boot_core_does_alone_is_not_held_to_the_rules_of_other_cores()
    {
        using KernelCode kernel = KernelCode.Read(Assemblies.Product);
        string[] onAnyCore = [.. kernel.RunOnAnyCore().Keys.Select(MethodNames.Of)];
        Assert.DoesNotContain(onAnyCore, name => name.StartsWith("ToroCosmos.Smp.Cores.Start(", System.StringComparison.Ordinal));
    }
}
