using System.Reflection;
using System.Runtime.CompilerServices;
using IL2CPU.API.Attribs;
using XSharp.Assembler;

namespace ToroCosmos.Plugs;

/// <summary>
/// Answers at compile time what every span asks when it is made. Cosmos' own answer allocates, each time; its plugs come
/// after these, so these are taken.
/// </summary>
[Plug(Target = typeof(RuntimeHelpers))]
public static class RuntimeHelpersPlugs
{
    /// <summary>See <see cref="RuntimeHelpers.IsReferenceOrContainsReferences"/>.</summary>
    [PlugMethod(IsWildcard = true, Assembler = typeof(IsReferenceOrContainsReferencesLines))]
    public static bool IsReferenceOrContainsReferences<T>() => throw null!;

    /// <summary>A constant: the compiler knows the type, and runs on the runtime whose class library it compiles.</summary>
    public sealed class IsReferenceOrContainsReferencesLines : AssemblerMethod
    {
        /// <inheritdoc/>
        public override void AssembleNew(Assembler aAssembler, object aMethodInfo)
        {
            // The compiler's own type, which no package has, says which method is plugged.
            var plugged = (MethodInfo)aMethodInfo.GetType().GetProperty("MethodBase")!.GetValue(aMethodInfo)!;
            new LiteralAssemblerCode((bool)plugged.Invoke(null, null)! ? "push dword 1" : "push dword 0");
        }
    }
}
