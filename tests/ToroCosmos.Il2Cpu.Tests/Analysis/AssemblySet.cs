using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>Assemblies that know each other and nothing else: what lies outside resolves to null.</summary>
internal sealed class AssemblySet : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _assemblies = [];

    public AssemblySet(IEnumerable<string> files)
    {
        var parameters = new ReaderParameters
        {
            AssemblyResolver = this,
            ReadSymbols = true,
            SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
        };
        foreach (string file in files)
        {
            var assembly = AssemblyDefinition.ReadAssembly(file, parameters);
            _assemblies.Add(assembly.Name.Name, assembly);
        }
    }

    /// <summary>All types, nested ones too.</summary>
    public IEnumerable<TypeDefinition> Types => _assemblies.Values.SelectMany(assembly => assembly.MainModule.GetTypes());

    /// <summary>Adds an assembly that was made in memory.</summary>
    public void Add(AssemblyDefinition assembly) => _assemblies.Add(assembly.Name.Name, assembly);

    public AssemblyDefinition Resolve(AssemblyNameReference name) => _assemblies.GetValueOrDefault(name.Name)!;

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _assemblies.Values)
        {
            assembly.Dispose();
        }
    }
}
