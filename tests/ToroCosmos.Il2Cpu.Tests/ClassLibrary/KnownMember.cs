namespace ToroCosmos.Il2Cpu.Tests.ClassLibrary;

/// <summary>What is known of some members of the class library.</summary>
/// <param name="Pattern">Which: <c>Namespace.Type::Name</c>, with <c>*</c> for anything, or with one overload's parameters.</param>
/// <param name="Support">Where they work.</param>
/// <param name="Reason">Why not everywhere.</param>
internal sealed record KnownMember(string Pattern, Support Support, string Reason);
