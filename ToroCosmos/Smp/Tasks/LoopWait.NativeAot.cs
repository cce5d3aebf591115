using System.Threading;
using System.Threading.Tasks;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Tasks;

/// <summary>One thing that code in a <see cref="CoreLoop"/> awaits.</summary>
internal sealed class LoopWait(WaitSource source, ulong deadline, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<bool> _completion = new();
    private readonly CancellationToken _cancellation = cancellation;
    private CancellationTokenRegistration _registration;

    public WaitSource Source { get; } = source;

    /// <summary>A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</summary>
    public ulong Deadline { get; } = deadline;

    public Task<bool> Task => _completion.Task;

    /// <summary>Whether it has news, was cancelled, or has come to its deadline.</summary>
    public bool IsOver() =>
        Source.HasNews() || _cancellation.IsCancellationRequested || (Deadline != ulong.MaxValue && Clock.Now >= Deadline);

    /// <summary>Another thread may cancel it while the loop sleeps.</summary>
    public void WakeOnCancellation(CoreLoop loop) =>
        _registration = _cancellation.Register(static loop => ((CoreLoop)loop!).Look(), loop);

    /// <summary>Lets the code go on.</summary>
    public void Complete()
    {
        _registration.Dispose();
        if (!Source.HasNews() && _cancellation.IsCancellationRequested)
        {
            _completion.SetCanceled(_cancellation);
        }
        else
        {
            _completion.SetResult(Source.HasNews());
        }
    }
}
