
// The compiler recognizes this attribute by its full name; the libraries' own are internal.
namespace System.Runtime;

/// <summary>Binds an internal call to a symbol of this kernel's assembly files.</summary>
/// <param name="library">Always <c>"*"</c>: the symbol is linked statically.</param>
/// <param name="entryPoint">The symbol's name in the object file.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeImportAttribute(string library, string entryPoint) : Attribute
{
    public string Library { get; } = library;

    public string EntryPoint { get; } = entryPoint;
}
