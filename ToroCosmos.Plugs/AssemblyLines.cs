using XSharp.Assembler;

namespace ToroCosmos.Plugs;

/// <summary>
/// The body of a plug, as assembly. Arguments were pushed from left to right, so that the last is at [ebp + 8]; a result
/// is pushed, a 64-bit one with its high half first. Where the result is longer than all arguments together, they are
/// further away by the difference. Only ebp and esp need to be kept.
/// </summary>
public abstract class AssemblyLines : AssemblerMethod
{
    /// <summary>The assembly, a line each.</summary>
    protected abstract string Lines { get; }

    /// <inheritdoc/>
    public override void AssembleNew(Assembler aAssembler, object aMethodInfo)
    {
        foreach (string line in Lines.Split('\n'))
        {
            new LiteralAssemblerCode(line.TrimEnd());
        }
    }
}
