// The compiler recognizes both attributes by their full names.
namespace System.Runtime;

/// <summary>Gives a method a symbol of its own, by which the class library and assembly call it.</summary>
/// <param name="entryPoint">The symbol's name in the object file.</param>
[System.AttributeUsage(System.AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string entryPoint) : System.Attribute
{
    public string EntryPoint { get; } = entryPoint;
}
