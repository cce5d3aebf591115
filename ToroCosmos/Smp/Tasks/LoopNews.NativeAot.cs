using System.Collections.Generic;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Tasks;

/// <summary>All that a <see cref="CoreLoop"/> waits for.</summary>
internal readonly struct LoopNews(WaitSource work, List<LoopWait> waits) : IWaitable
{
    private readonly WaitSource _work = work;
    private readonly List<LoopWait> _waits = waits;

    public int SourceCount => _waits.Count + 1;

    public bool NeedsSecondLook
    {
        get
        {
            foreach (LoopWait wait in _waits)
            {
                if (wait.Source.NeedsSecondLook)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public bool HasNews()
    {
        if (_work.HasNews())
        {
            return true;
        }

        foreach (LoopWait wait in _waits)
        {
            if (wait.IsOver())
            {
                return true;
            }
        }

        return false;
    }

    public void RequestWakeUp()
    {
        _work.RequestWakeUp();
        foreach (LoopWait wait in _waits)
        {
            wait.Source.RequestWakeUp();
        }
    }

    public void SuppressWakeUps()
    {
        _work.SuppressWakeUps();
        foreach (LoopWait wait in _waits)
        {
            wait.Source.SuppressWakeUps();
        }
    }
}
