using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// Tries every order of the moves of some cores, depth first, on a machine with total store order (Intel SDM 3A, Memory
/// Ordering): a store enters its core's buffer and reaches memory some time later, in order; a load takes the youngest
/// store of its own buffer, else memory; a fence waits until the buffer is empty. A state that was met before is not
/// explored again, for the same would follow; nor are orders that differ only where it makes no difference.
/// </summary>
/// <remarks>
/// What the cores may still do, which <see cref="Reduction"/> must know, is learned: by some walks at random, then by the
/// search itself, which is repeated until it meets nothing new. A search that met nothing new has missed nothing: on the way to the first unforeseen access of any run
/// all would be foreseen, so a core's stop before that access was met.
/// </remarks>
internal sealed class Explorer
{
    // A search that is cut off proves nothing, and one beyond this is no host test any more.
    private const int MaximumStates = 2_000_000;

    // So many teach nearly everything, and cost less than one search more.
    private const int Walks = 64;

    private readonly ExploredMemory _memory;
    private readonly CoreRun[] _runs;
    private readonly Footprint[] _footprints;
    private readonly Reduction? _reduction;
    private readonly Dictionary<UInt128, double> _ways = [];
    private readonly HashSet<UInt128> _stops = [];
    private readonly List<Move> _path = [];
    private long _moves;

    private Explorer(ExploredMemory memory, CoreSteps[] programs, PlantedFault fault, bool isReduced)
    {
        _memory = memory;
        _footprints = [.. programs.Select(program => new Footprint(program.Count, memory.Halfwords))];
        _runs = [.. programs.Select((program, core) => new CoreRun(memory, core, programs.Length, program, fault, _footprints[core]))];
        _reduction = isReduced ? new Reduction(_footprints) : null;
    }

    /// <summary>Explores programs, one for each core, on memory that is set up.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="programs">The programs.</param>
    /// <param name="fault">What the seam plants.</param>
    /// <param name="isReduced">False to explore orders too that make no difference.</param>
    public static ExplorationResult Explore(
        ExploredMemory memory, CoreSteps[] programs, PlantedFault fault, bool isReduced = true)
    {
        Explorer explorer = new(memory, programs, fault, isReduced);
        string? violation = null;
        double ways = 0;
        try
        {
            ways = explorer.Search();
        }
        catch (Violation found)
        {
            violation = found.Message;
        }

        return new ExplorationResult(explorer._ways.Count, explorer._moves, ways, explorer._stops.Count, violation);
    }

    private double Search()
    {
        byte[] shared = _memory.TakeShared();
        byte[] image = _memory.TakeImage();
        if (_reduction != null)
        {
            Walk(shared, image);
        }

        while (true)
        {
            int known = _footprints.Sum(footprint => footprint.News);
            _ways.Clear();
            _path.Clear();
            _moves = 0;
            double ways = CountWays(Begin(shared, image));
            if (_reduction == null || known == _footprints.Sum(footprint => footprint.News))
            {
                return ways;
            }
        }
    }

    private MachineState Begin(byte[] shared, byte[] image) =>
        new(shared, [.. _runs.Select((run, core) => Run(() => run.Start(image)))]);

    /// <summary>Learns what cores do; what goes wrong on the way the search finds again.</summary>
    private void Walk(byte[] shared, byte[] image)
    {
        Random random = new(Seed: 1);
        for (int walk = 0; walk < Walks; walk++)
        {
            try
            {
                MachineState state = Begin(shared, image);
                while (MovesFrom(state) is { Count: > 0 } moves)
                {
                    state = Make(moves[random.Next(moves.Count)]);
                }
            }
            catch (Violation)
            {
                // This walk ends here.
            }
        }
    }

    /// <summary>Explores all that follows from a state, and counts the ways from it to the end.</summary>
    private double CountWays(MachineState state)
    {
        UInt128 hash = state.Hash();
        if (_ways.TryGetValue(hash, out double ways))
        {
            return ways;
        }

        if (_ways.Count >= MaximumStates)
        {
            throw new InvalidOperationException($"There are more than {MaximumStates} states.");
        }

        List<Move> moves = MovesFrom(state);
        if (moves.Count == 0)
        {
            ways = 1;
            if (state.Cores.Any(core => core.Next.Kind != AccessKind.End))
            {
                throw new Violation(Describe("a core sleeps for ever"));
            }
        }

        foreach (Move move in _reduction?.Choose(moves) ?? moves)
        {
            _moves++;
            _path.Add(move);
            ways += CountWays(Make(move));
            _path.RemoveAt(_path.Count - 1);
        }

        _ways.Add(hash, ways);
        return ways;
    }

    private static List<Move> MovesFrom(MachineState state)
    {
        List<Move> moves = [];
        for (int core = 0; core < state.Cores.Length; core++)
        {
            CoreState mover = state.Cores[core];
            if (!mover.IsDrained)
            {
                moves.Add(new Move(core, MoveKind.Drain, state));
            }

            bool canGoOn = mover.Next.Kind switch
            {
                AccessKind.Sleep or AccessKind.SleepUntilLook => mover.IsWoken,
                AccessKind.Exchange => mover.IsDrained,
                AccessKind.Pause => mover.Next.Bytes > 0 && state.Load(core, mover.Next) != mover.Next.Value,
                AccessKind.Fence or AccessKind.Settle or AccessKind.End => false,
                _ => true,
            };
            if (canGoOn)
            {
                moves.Add(new Move(core, MoveKind.GoOn, state));
            }

            if (mover.Next.IsTimed || (mover.Next.EndsWithDrain && state.IsSettled(core)))
            {
                moves.Add(new Move(core, MoveKind.TimeIsUp, state));
            }
        }

        return moves;
    }

    private MachineState Make(Move move)
    {
        (int core, MoveKind kind, MachineState state) = move;
        CoreState mover = state.Cores[core];
        if (kind == MoveKind.Drain)
        {
            state = state.Drain(core);
            mover = state.Cores[core];
            if (mover.Next.Kind != AccessKind.Fence || !mover.IsDrained)
            {
                return state;
            }
        }

        ulong result = kind == MoveKind.TimeIsUp ? 1UL : 0UL;
        switch (mover.Next.Kind)
        {
            case AccessKind.Load:
                result = state.Load(core, mover.Next);
                int sleeper = _memory.SleeperAt(mover.Next.Offset);
                mover = sleeper >= 0 && (result & (ulong)AvailFlags.NoInterrupt) != 0 ? mover.Miss(sleeper) : mover;
                break;
            case AccessKind.Exchange:
                result = state.Load(core, mover.Next);
                state = state.Write(new BufferedStore(mover.Next.Offset, mover.Next.Bytes, mover.Next.Value));
                break;
            case AccessKind.Wake:
                int target = mover.Next.Offset;
                state = state.With(target, state.Cores[target] with { IsWoken = true });
                break;
            case AccessKind.BeginSleep:
            case AccessKind.Sleep:
            case AccessKind.SleepUntilLook:
                mover = mover with { IsWoken = false };
                break;
        }

        return state.With(core, Run(() => _runs[core].Resume(mover, result)));
    }

    private CoreState Run(Func<CoreState> run)
    {
        try
        {
            CoreState state = run();
            _stops.Add(state.Stop);
            return state;
        }
        catch (Exception failure)
        {
            throw new Violation(Describe(failure.Message));
        }
    }

    private string Describe(string what)
    {
        StringBuilder text = new(what);
        foreach ((int core, MoveKind kind, MachineState state) in _path)
        {
            CoreState mover = state.Cores[core];
            Access next = mover.Next;
            text.Append($"\n  core {core}: ").Append(kind switch
            {
                MoveKind.Drain => $"{_memory.NameOf(mover.Buffer[0].Offset)} becomes {mover.Buffer[0].Value}",
                MoveKind.TimeIsUp => "its time is up",
                _ when next.Kind is AccessKind.Load or AccessKind.Exchange =>
                    $"{next.Place} {(next.Kind == AccessKind.Load ? "reads" : "exchanges")} {_memory.NameOf(next.Offset)}: {state.Load(core, next)}",
                _ when next.Kind == AccessKind.Wake => $"wakes core {next.Offset}",
                _ => $"{next.Place} {next.Kind}",
            });
        }

        return text.ToString();
    }
}
