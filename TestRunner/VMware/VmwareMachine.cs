using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.VMware;

/// <summary>
/// A machine on VMware: vmrun starts it and returns; the serial line grows in a file; the machine has ended when vmrun
/// no longer lists it. VMware does not tell a power-off from other ends, and it has no exit code for a kernel.
/// </summary>
public sealed class VmwareMachine : IMachineProcess
{
    private readonly IVmrun _vmrun;
    private readonly string _product;
    private readonly string _vmx;
    private readonly TemporaryFolder _folder;
    private readonly TimeSpan _pause;
    private readonly TaskCompletionSource _stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private VmwareMachine(IVmrun vmrun, string product, string vmx, string serial, TemporaryFolder folder, TimeSpan pause)
    {
        _vmrun = vmrun;
        _product = product;
        _vmx = vmx;
        _folder = folder;
        _pause = pause;
        StartedAt = Stopwatch.GetTimestamp();
        Completion = FollowAsync();
        Serial = new GrowingFileStream(serial, Completion);
    }

    public long StartedAt { get; }

    public Stream Serial { get; }

    public Task<MachineEnd> Completion { get; }

    /// <summary>Writes the machine's description into a folder and starts it.</summary>
    /// <param name="vmrun">VMware's tool.</param>
    /// <param name="product">The product that it drives.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="folder">The machine's private folder, which it owns from here on.</param>
    /// <param name="pause">Between two looks at whether it still runs.</param>
    public static VmwareMachine Start(IVmrun vmrun, string product, MachineSpec machine, TemporaryFolder folder, TimeSpan pause)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string vmx = folder.File("machine.vmx");
        string serial = folder.File("serial.txt");
        File.WriteAllText(vmx, VmxFile.Text(machine, serial));
        return new VmwareMachine(vmrun, product, vmx, serial, folder, pause);
    }

    public void Kill() => _stopAsked.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Completion.ConfigureAwait(false);
        await Serial.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }

    private async Task<MachineEnd> FollowAsync()
    {
        try
        {
            VmrunAnswer start = await _vmrun.CallAsync(VmrunCommand.Start(_product, _vmx)).ConfigureAwait(false);
            if (start.Status != 0)
            {
                return new MachineEnd(1, ShutdownCause.Unknown, $"vmrun start: {start.Output}");
            }

            while (!_stopAsked.Task.IsCompleted)
            {
                VmrunAnswer list = await _vmrun.CallAsync(VmrunCommand.List(_product)).ConfigureAwait(false);
                if (list.Status != 0)
                {
                    await StopAsync().ConfigureAwait(false);
                    return new MachineEnd(1, ShutdownCause.Unknown, $"vmrun list: {list.Output}");
                }

                if (!VmrunCommand.Runs(list.Output, _vmx))
                {
                    return new MachineEnd(0, ShutdownCause.PowerOff, "");
                }

                await Task.WhenAny(_stopAsked.Task, Task.Delay(_pause)).ConfigureAwait(false);
            }

            VmrunAnswer stop = await StopAsync().ConfigureAwait(false);
            return new MachineEnd(1, ShutdownCause.Unknown, stop.Status == 0 ? "" : $"vmrun stop: {stop.Output}");
        }
        catch (MachineException exception)
        {
            return new MachineEnd(1, ShutdownCause.Unknown, exception.Message);
        }
    }

    private Task<VmrunAnswer> StopAsync() => _vmrun.CallAsync(VmrunCommand.Stop(_product, _vmx));
}
