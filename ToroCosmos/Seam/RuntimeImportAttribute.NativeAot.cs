// The compiler recognizes this attribute by its full name: it turns an InternalCall into a direct call of a linked
// symbol, with neither marshalling nor the poll that a P/Invoke carries.
namespace System.Runtime;

/// <summary>Binds an internal call to a symbol that the toolchain's runtime defines.</summary>
/// <param name="library">Always <c>"*"</c>: the symbol is linked statically.</param>
/// <param name="entryPoint">The symbol's name in the object file.</param>
[System.AttributeUsage(System.AttributeTargets.Method)]
internal sealed class RuntimeImportAttribute(string library, string entryPoint) : System.Attribute
{
    public string Library { get; } = library;

    public string EntryPoint { get; } = entryPoint;
}
