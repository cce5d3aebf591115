using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ToroCosmos.Il2Cpu.Tests.Analysis;
using ToroCosmos.Il2Cpu.Tests.ClassLibrary;
using ToroCosmos.Il2Cpu.Tests.Rules;
using Xunit;

namespace ToroCosmos.Il2Cpu.Tests;

/// <summary>Each method of the planted assembly says itself which rules it breaks.</summary>
public sealed class PlantedTests(PlantedCode planted) : IClassFixture<PlantedCode>
{
    private const string Generated = "PrintMembers";

    private readonly ILookup<string, Finding> _findings = planted.Findings;

    public static TheoryData<string, string> PlantedViolations => Methods(rules => rules.Length > 0);

    public static TheoryData<string, string> CleanMethods => Methods(rules => rules.Length == 0);

    [Theory]
    [MemberData(nameof(PlantedViolations))]
    public void Planted_violation_is_found_by_its_rule_and_no_other(string method, string rules) =>
        Assert.Equal(rules, RulesBrokenBy(method));

    [Theory]
    [MemberData(nameof(CleanMethods))]
    public void Method_that_breaks_no_rule_is_not_found(string method, string rules) =>
        Assert.Equal(rules, RulesBrokenBy(method));

    [Fact]
    public void Every_rule_is_held_against_the_code() => Assert.Equal(
        typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule))).Select(type => type.Name).Order(),
        Rule.All.Select(rule => rule.Name).Order());

    [Fact]
    public void Every_rule_has_a_planted_violation()
    {
        IEnumerable<string> broken = _findings.SelectMany(each => each).Select(finding => finding.Rule.Name);
        Assert.Empty(Rule.All.Select(rule => rule.Name).Except(broken).Except([nameof(StaticAbstractMember)]));
    }

    [Fact]
    public void Every_member_that_is_known_to_fail_has_a_planted_call()
    {
        IEnumerable<KnownMember?> called =
            from code in planted.Kernel.Methods
            from call in code.Calls
            select KnownMembers.Find(call.Callee);
        Assert.Empty(KnownMembers.All.Where(member => member.Support == Support.Nowhere).Except(called));
    }

    [Fact]
    public void Text_of_a_record_is_looked_at_only_where_it_is_asked_for()
    {
        Assert.Contains(_findings.SelectMany(each => each), finding => IsTextOf(finding, "Painted"));
        Assert.DoesNotContain(_findings.SelectMany(each => each), finding => IsTextOf(finding, "Unprinted"));
    }

    [Theory]
    [InlineData("Allocate", "get_Property")]
    [InlineData("Second", "Chain, First")]
    [InlineData("Square.Draw", "Virtual")]
    [InlineData("SmallSquare.Draw", "Virtual")]
    [InlineData("Plain.Make", "Interface")]
    [InlineData("Explicitly.ToroCosmos.Il2Cpu.Planted.Reach.IExplicit.Make", "Explicit")]
    [InlineData("Base.FromTheBase", "Inherited")]
    [InlineData("Structure.MakeConstrained", "Constrained")]
    [InlineData("BehindAPointer", "Pointer")]
    [InlineData("BehindAPlug", "Plug")]
    [InlineData("Made.ctor", "Constructor")]
    [InlineData("Printed.ToString", "ObjectText")]
    [InlineData("PrintedStructure.ToString", "BoxedText")]
    [InlineData("Disposed.Dispose", "OfTheClassLibrary")]
    [InlineData("<>c.<OnTheBootCore>b__", "Delegate")]
    public void Violation_behind_a_call_is_found_with_the_way_to_it(string method, string way)
    {
        Finding finding = Assert.Single(
            _findings.Where(each => each.Key.StartsWith("ToroCosmos.Il2Cpu.Planted.Reach." + method, StringComparison.Ordinal))
                .SelectMany(each => each));
        Assert.Equal(nameof(Allocation), finding.Rule.Name);
        Assert.Equal(way, string.Join(", ", finding.Path.SkipLast(1).Select(each => each.Name)));
    }

    [Fact]
    public void Finding_tells_method_place_reason_and_way()
    {
        Finding finding = _findings["ToroCosmos.Il2Cpu.Planted.Reach.Second()"].Single();
        Assert.Matches(
            """
            ^ToroCosmos\.Il2Cpu\.Planted\.Reach\.Second\(\): new object: the cores wait .* \(Allocation, Reach\.cs:[0-9]+\)
                run on any core: ToroCosmos\.Il2Cpu\.Planted\.Reach\.Chain\(\) -> .*\.First\(\) -> .*\.Second\(\)$
            """,
            finding.ToString());
        Assert.StartsWith(
            "ToroCosmos.Il2Cpu.Planted.Division64.Quotient(long, long): 64-bit division: some divisors give wrong results",
            _findings["ToroCosmos.Il2Cpu.Planted.Division64.Quotient(long, long)"].Single().ToString(),
            StringComparison.Ordinal);
    }

    private static bool IsTextOf(Finding finding, string record) =>
        finding.Rule is EnumText && finding.Method.Name == Generated && finding.Method.DeclaringType.Name == record;

    private string RulesBrokenBy(string method) =>
        Joined(_findings[method].Select(finding => finding.Rule.Name).Distinct());

    private static TheoryData<string, string> Methods(Func<string[], bool> wanted)
    {
        using KernelCode kernel = KernelCode.Read(Assemblies.Planted);
        var data = new TheoryData<string, string>();
        foreach (MethodDefinition method in kernel.Methods.Select(code => code.Method))
        {
            string[] rules = RulesOf(method);
            if (wanted(rules) && method.Name != Generated)
            {
                data.Add(MethodNames.Of(method), Joined(rules));
            }
        }

        return data;
    }

    private static string[] RulesOf(MethodDefinition method) =>
    [
        .. from attribute in method.CustomAttributes
           where attribute.AttributeType.Name == "ViolatesAttribute"
           from rule in (CustomAttributeArgument[])attribute.ConstructorArguments[0].Value
           select (string)rule.Value,
    ];

    private static string Joined(IEnumerable<string> rules) => string.Join(", ", rules.Order(StringComparer.Ordinal));
}
