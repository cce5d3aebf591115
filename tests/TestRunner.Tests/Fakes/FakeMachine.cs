using System.Diagnostics;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Tasks;
using TestRunner.Runs;

namespace TestRunner.Tests.Fakes;

/// <summary>A machine that prints what a test tells it to.</summary>
internal sealed class FakeMachine : IMachineProcess
{
    private readonly Pipe _serial = new();
    private readonly TaskCompletionSource<MachineEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    public Stream Serial => _serial.Reader.AsStream();

    public Task<MachineEnd> Completion => _end.Task;

    public bool WasKilled { get; private set; }

    public bool WasDisposed { get; private set; }

    /// <summary>A machine that prints and ends.</summary>
    public static FakeMachine Ending(string output, int status = 0, ShutdownCause cause = ShutdownCause.PowerOff, string errors = "")
    {
        FakeMachine machine = Hanging(output);
        machine._serial.Writer.Complete();
        machine._end.SetResult(new MachineEnd(status, cause, errors));
        return machine;
    }

    /// <summary>A machine that prints and then does nothing until it is ended.</summary>
    public static FakeMachine Hanging(string output)
    {
        var machine = new FakeMachine();
        machine._serial.Writer.AsStream().Write(Encoding.Latin1.GetBytes(output));
        return machine;
    }

    public void Kill()
    {
        WasKilled = true;
        _serial.Writer.Complete();
        _end.TrySetResult(new MachineEnd(137, ShutdownCause.Unknown, ""));
    }

    public ValueTask DisposeAsync()
    {
        WasDisposed = true;
        Kill();
        return ValueTask.CompletedTask;
    }
}
