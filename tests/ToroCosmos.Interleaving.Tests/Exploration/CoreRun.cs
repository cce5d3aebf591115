using System;
using System.Collections.Generic;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// Runs a core's program from the beginning of a step to the next access that is not decided: the seam answers with the
/// results that are known, then ends the run by an exception. A store and a fence that has nothing to wait for concern no
/// other core and do not end it.
/// </summary>
internal sealed unsafe class CoreRun(
    ExploredMemory memory, int core, int cores, CoreSteps program, PlantedFault fault, Footprint footprint)
{
    /// <summary>The fence of the litmus tests.</summary>
    public const string LitmusFence = "MachineTests.StoreThenLoad";

    /// <summary>What a store to an APIC's register, or the fence before one to an MSR, does to the store buffer.</summary>
    public const string StartUpInterrupt = "ExploredStartUpPort.SendStartUp";

    /// <summary>The same for the interrupt that wakes a core.</summary>
    private const string WakeUpInterrupt = "ExploredSleep.Wake";

    [ThreadStatic]
    private static CoreRun? s_current;

    // A core goes on in the same way wherever others stand: once it has, it need not run again.
    private readonly Dictionary<(UInt128 Stop, ulong Result, bool IsDrained), (CoreState State, int Kept)> _known = [];
    private readonly List<ulong> _results = [];
    private readonly List<BufferedStore> _buffer = [];
    private readonly List<BufferedStore> _held = [];
    private int _step;
    private int _decided;
    private Access _next;
    private Access _looked;
    private int _looks;

    /// <summary>The run that this thread makes; null at set-up.</summary>
    public static CoreRun? Current => s_current;

    /// <summary>Which core runs.</summary>
    public int Core => core;

    /// <summary>How many times since the step began the core waited until a time was up.</summary>
    public int TimesUp { get; private set; }

    private bool IsRepeating => _decided < _results.Count;

    /// <summary>The core at its first access.</summary>
    /// <param name="image">The memory after set-up.</param>
    public CoreState Start(byte[] image) => Run(new CoreState
    {
        Step = 0,
        Image = image,
        ImageHash = ExploredMemory.HashOf(image),
        Results = [],
        Buffer = [],
        Held = [],
        Next = default,
    });

    /// <summary>The core at its next access, when the one it stood before has a result.</summary>
    public CoreState Resume(CoreState state, ulong result)
    {
        // A fence is passed at once, or not, by whether the buffer is empty; what else is in it makes no difference.
        var key = (state.Stop, result, state.IsDrained);
        if (!_known.TryGetValue(key, out (CoreState State, int Kept) next))
        {
            next = (Run(state with { Results = [.. state.Results, result] }), state.Buffer.Length);
            _known.Add(key, next);
        }

        return next.State with
        {
            Buffer = [.. state.Buffer, .. next.State.Buffer.AsSpan(next.Kept)],
            IsWoken = state.IsWoken,
            Missed = state.Missed,
        };
    }

    public bool IsShared(byte* address) => memory.Contains(address);

    public ulong Load(byte* address, int bytes, string place)
    {
        Access access = new(AccessKind.Load, memory.OffsetOf(address), bytes, place);
        ulong value = Await(access);
        if (fault == PlantedFault.ResetBeforeSender && place == "HasLeft")
        {
            // Of the first reset, which is the only one of the scenarios.
            value = EndState.Next(0);
        }

        _looked = access with { Kind = AccessKind.Pause, Value = value };
        return value;
    }

    public void Store(byte* address, int bytes, ulong value, string place)
    {
        if (IsRepeating)
        {
            return;
        }

        BufferedStore store = new(memory.OffsetOf(address), bytes, value);
        footprint.Learn(_step, store);
        if (IsHeldBack(bytes, place))
        {
            _held.Add(store);
            return;
        }

        _buffer.Add(store);
        _buffer.AddRange(_held);
        _held.Clear();
    }

    /// <summary>Exchanges a field's value; a locked instruction.</summary>
    public uint Exchange(uint* field, uint value, string place) => (uint)Await(
        new Access(AccessKind.Exchange, memory.OffsetOf((byte*)field), sizeof(uint), place, value));

    public void Fence(string place)
    {
        PlantedFault? missing = place switch
        {
            "InOrderDriver.Publish" => PlantedFault.NoFenceAfterRoom,
            "Waiter.Halt" => PlantedFault.NoFenceAfterAnnouncement,
            "SplitRing.Publish" or "PackedRing.Publish" => PlantedFault.NoFenceAfterAvailable,
            "Virtqueue.TryEnableInterrupts" => PlantedFault.NoFenceAfterRequest,
            "CoreWait.WakeIfAsleep" => PlantedFault.NoFenceAfterWord,
            StartUpInterrupt => null,
            WakeUpInterrupt => PlantedFault.WakeBeforeStores,
            LitmusFence => PlantedFault.NoLitmusFence,
            _ when place.StartsWith("Fake", StringComparison.Ordinal) => null,
            _ => throw new InvalidOperationException($"There is a fence in {place} that the tests do not know: plant its absence too."),
        };
        if (fault == missing)
        {
            return;
        }

        if (!IsRepeating && _buffer.Count == 0)
        {
            _results.Add(0);
        }

        Await(new Access(AccessKind.Fence, 0, 0, place));
    }

    public void Wake(int target)
    {
        if (fault == PlantedFault.SenderWakesStep && _looked.Place == nameof(VirtIOBus.Links.InOrderDevice.IsWakeUpRequested))
        {
            target -= core - (target < core ? cores : 0);
        }

        if (fault != PlantedFault.NoWakeUp)
        {
            Fence(WakeUpInterrupt);
            Await(new Access(AccessKind.Wake, target, 0, nameof(Wake)));
        }
    }

    public void BeginSleep() => Await(new Access(AccessKind.BeginSleep, 0, 0, nameof(BeginSleep)));

    /// <summary>Halts until it is woken, or with a time limit until that has passed.</summary>
    public void Sleep(bool isTimed)
    {
        if (fault == PlantedFault.ForgottenWakeUp)
        {
            BeginSleep();
        }

        AwaitTime(new Access(AccessKind.Sleep, isTimed ? 1 : 0, 0, nameof(Sleep)));
    }

    /// <summary>Halts until it is woken, or, the first time in a step, until what is in store buffers can be seen.</summary>
    public void SleepUntilLook()
    {
        if (_looks > 0)
        {
            Sleep(isTimed: false);
            return;
        }

        int before = TimesUp;
        AwaitTime(new Access(AccessKind.SleepUntilLook, 0, 0, nameof(Sleep)));
        _looks += TimesUp - before;
    }

    /// <summary>Waits until what was in store buffers when others looked in vain for this core's announcement can be seen.</summary>
    public void Settle() => AwaitTime(new Access(AccessKind.Settle, fault == PlantedFault.NotSettled ? 1 : 0, 0, nameof(Settle)));

    /// <summary>A pause of a loop that looks at a field until it changes or a time is up.</summary>
    public void Pause(string place) => AwaitTime(_looked with { Kind = AccessKind.Pause, Place = place });

    /// <summary>Whether a planted fault brings a store behind the next one that it does not hold back.</summary>
    private bool IsHeldBack(int bytes, string place) => fault switch
    {
        PlantedFault.IndexBeforeMessage => place is nameof(Memory.MemoryCopy) or "Fill",
        PlantedFault.AvailableBeforeDescriptors => place is "WriteBuffer" or "Write" or "WriteTable" or "TryAdd",
        PlantedFault.IndexBeforeLength => place == "Fill",
        PlantedFault.StateBeforeQueue => place is "Initialize" or "SuppressWakeUps" or nameof(Memory.MemoryCopy.Clear),
        PlantedFault.PostedBeforeFunction => place == "Post" && bytes == sizeof(ulong),
        _ => false,
    };

    private CoreState Run(CoreState state)
    {
        byte[] image = state.Image;
        UInt128 imageHash = state.ImageHash;
        BeginStep(state.Step, state.Results);
        _buffer.Clear();
        _buffer.AddRange(state.Buffer);
        _held.Clear();
        _held.AddRange(state.Held);
        memory.Restore(image);
        s_current = this;
        try
        {
            while (_step < program.Count)
            {
                program.Run(_step);
                image = memory.TakeImage();
                imageHash = ExploredMemory.HashOf(image);
                BeginStep(_step + 1, []);
            }

            _next = new Access(AccessKind.End, 0, 0, "");
        }
        catch (CoreStopped)
        {
            // At the access that _next tells.
        }
        finally
        {
            s_current = null;
        }

        memory.CheckShared();
        return (state with
        {
            Step = _step,
            Image = image,
            ImageHash = imageHash,
            Results = [.. _results],
            Buffer = [.. _buffer],
            Held = [.. _held],
            Next = _next,
        }).WithStop(core);
    }

    private void BeginStep(int step, ReadOnlySpan<ulong> results)
    {
        _step = step;
        _results.Clear();
        _results.AddRange(results);
        _decided = 0;
        _looked = default;
        _looks = 0;
        TimesUp = 0;
    }

    private void AwaitTime(Access access) => TimesUp += (int)Await(access);

    private ulong Await(Access access)
    {
        if (IsRepeating)
        {
            return _results[_decided++];
        }

        footprint.Learn(_step, access);
        _next = access;
        throw CoreStopped.Instance;
    }
}
