namespace ToroCosmos.Smp.Waiting;

/// <summary>The sleep of a core that has nothing to do: it is lent to threads meanwhile, where there are any.</summary>
[AnyCore]
internal sealed class LendingSleep(HaltSleep halt) : CoreSleep
{
    private readonly HaltSleep _halt = halt;

    public override bool HasTimer => _halt.HasTimer;

    public override void Begin() => _halt.Begin();

    public override void Sleep(ulong deadline)
    {
        if (deadline == ulong.MaxValue)
        {
            _halt.Lend();
        }
        else
        {
            _halt.Sleep(deadline);
        }
    }

    public override void Cancel() => _halt.Cancel();

    public override void Wake(int core) => _halt.Wake(core);
}
