using System.Collections.Generic;
using System.Threading.Tasks;

namespace TestRunner.VMware;

/// <summary>Calls VMware's command-line tool.</summary>
public interface IVmrun
{
    /// <summary>Calls it and waits for its end.</summary>
    Task<VmrunAnswer> CallAsync(IReadOnlyList<string> arguments);
}
