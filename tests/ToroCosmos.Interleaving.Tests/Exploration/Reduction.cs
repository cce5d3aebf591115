using System.Collections.Generic;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// Chooses, of the moves that a state has, those that have to be explored: the others can wait, because nothing that the
/// rest of the machine may do before them makes a difference to the chosen ones, nor they to it (a persistent set;
/// P. Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996). No state goes round to itself,
/// so every state that a core can reach, and every deadlock, is still met.
/// <para>
/// A core and its store buffer count as two processes. What a core may still do is known from its footprint.
/// </para>
/// </summary>
internal sealed class Reduction(Footprint[] footprints)
{
    private readonly int _cores = footprints.Length;
    private readonly bool[] _isChosen = new bool[2 * footprints.Length];
    private readonly Stack<int> _open = new();

    /// <summary>Moves of the state that suffice.</summary>
    /// <param name="moves">All moves of the state.</param>
    public List<Move> Choose(List<Move> moves)
    {
        List<Move> best = moves;
        for (int i = 0; i < moves.Count && best.Count > 1; i++)
        {
            Move move = moves[i];
            int process = ProcessOf(move);
            if (i > 0 && ProcessOf(moves[i - 1]) == process)
            {
                continue;
            }

            Close(process, move.From);
            List<Move> chosen = moves.FindAll(candidate => _isChosen[ProcessOf(candidate)]);
            best = chosen.Count < best.Count ? chosen : best;
        }

        return best;
    }

    private int ProcessOf(Move move) => move.Kind == MoveKind.Drain ? BufferOf(move.Core) : move.Core;

    private int BufferOf(int core) => _cores + core;

    /// <summary>Adds to a process all that its next move depends on, and so on.</summary>
    private void Close(int process, MachineState state)
    {
        System.Array.Clear(_isChosen);
        Choose(process);
        while (_open.TryPop(out int next))
        {
            if (next < _cores)
            {
                FollowCore(next, state);
            }
            else
            {
                FollowBuffer(next - _cores, state);
            }
        }
    }

    private void FollowCore(int core, MachineState state)
    {
        Access next = state.Cores[core].Next;
        switch (next.Kind)
        {
            case AccessKind.Load:
            case AccessKind.Pause when next.Bytes > 0:
                ChooseWriters(core, next.Offset, next.Bytes, state);
                break;
            case AccessKind.Exchange when !state.Cores[core].IsDrained:
            case AccessKind.Fence:
                Choose(BufferOf(core));
                break;
            case AccessKind.Exchange:
                ChooseWriters(core, next.Offset, next.Bytes, state);
                ChooseReaders(core, next.Offset, next.Bytes, state);
                break;
            case AccessKind.Wake when footprints[next.Offset].Sleeps(state.Cores[next.Offset].Step):
                Choose(next.Offset);
                break;
            case AccessKind.Settle:
                ChooseMissed(core, state);
                break;
            case AccessKind.BeginSleep:
            case AccessKind.Sleep:
            case AccessKind.SleepUntilLook:
                if (next.EndsWithDrain)
                {
                    ChooseMissed(core, state);
                }

                for (int waker = 0; waker < _cores; waker++)
                {
                    if (waker != core && footprints[waker].Wakes(state.Cores[waker].Step, core))
                    {
                        Choose(waker);
                    }
                }

                break;
        }
    }

    private void FollowBuffer(int core, MachineState state)
    {
        BufferedStore store = state.Cores[core].Buffer[0];
        ChooseWriters(core, store.Offset, store.Bytes, state);
        ChooseReaders(core, store.Offset, store.Bytes, state);
    }

    /// <summary>
    /// Adds the store buffers that a core waits for. Its announcement can be seen, so nobody looks for it in vain any more.
    /// </summary>
    private void ChooseMissed(int sleeper, MachineState state)
    {
        for (int core = 0; core < _cores; core++)
        {
            if (state.Cores[core].HasMissed(sleeper))
            {
                Choose(BufferOf(core));
            }
        }
    }

    private void ChooseReaders(int core, int offset, int bytes, MachineState state)
    {
        for (int reader = 0; reader < _cores; reader++)
        {
            if (reader != core && footprints[reader].Reads(state.Cores[reader].Step, offset, bytes))
            {
                Choose(reader);
            }
        }
    }

    private void ChooseWriters(int core, int offset, int bytes, MachineState state)
    {
        for (int writer = 0; writer < _cores; writer++)
        {
            if (writer == core)
            {
                continue;
            }

            CoreState other = state.Cores[writer];
            if (other.Buffers(offset, bytes))
            {
                Choose(BufferOf(writer));
            }

            if (footprints[writer].Writes(other.Step, offset, bytes))
            {
                Choose(writer);
            }
        }
    }

    private void Choose(int process)
    {
        if (!_isChosen[process])
        {
            _isChosen[process] = true;
            _open.Push(process);
        }
    }
}
