namespace ToroCosmos.Il2Cpu.Tests.Rules;

/// <summary>Which code a rule holds for.</summary>
internal enum RuleScope
{
    /// <summary>All that IL2CPU compiles.</summary>
    EveryMethod,

    /// <summary>What application processors may run: methods marked [AnyCore], and all that these call.</summary>
    AnyCore,
}
