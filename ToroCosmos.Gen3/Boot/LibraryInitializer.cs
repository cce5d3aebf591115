using ToroCosmos.Gen3.Smp;

// The compiler looks for this type by its name in the assemblies that are to be initialized before the program.
namespace Internal.Runtime.CompilerHelpers;

/// <summary>Called before the kernel's first C#.</summary>
internal static class LibraryInitializer
{
    public static void InitializeLibrary() => BootCore.Initialize();
}
