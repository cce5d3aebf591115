using System;
using System.Collections.Generic;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// Runs a core's program from the beginning of a step to the next access that is not decided: the seam answers with the
/// results that are known, then ends the run by an exception. A store and a fence that has nothing to wait for concern no
/// other core and do not end it.
/// </summary>
internal sealed unsafe class CoreRun(BusMemory memory, int core, CoreProgram program, PlantedFault fault)
{
    /// <summary>The fence of the litmus tests.</summary>
    public const string LitmusFence = "MachineTests.StoreThenLoad";

    [ThreadStatic]
    private static CoreRun? s_current;

    private readonly List<ulong> _results = [];
    private readonly List<BufferedStore> _buffer = [];
    private readonly List<BufferedStore> _held = [];
    private int _decided;
    private Access _next;

    /// <summary>The run that this thread makes; null at set-up.</summary>
    public static CoreRun? Current => s_current;

    /// <summary>The time limit of the step has passed.</summary>
    public bool IsTimeUp { get; private set; }

    private bool IsRepeating => _decided < _results.Count;

    /// <summary>The core at its first access.</summary>
    /// <param name="image">The memory after set-up.</param>
    public CoreState Start(byte[] image) => Run(new CoreState
    {
        Step = 0,
        Image = image,
        ImageHash = BusMemory.HashOf(image),
        Results = [],
        Buffer = [],
        Next = default,
    });

    /// <summary>The core at its next access, when the one it stood before has a result.</summary>
    public CoreState Resume(CoreState state, ulong result) => Run(state with { Results = [.. state.Results, result] });

    public bool IsShared(byte* address) => memory.Contains(address);

    public ulong Load(byte* address, int bytes, string place) =>
        Await(new Access(AccessKind.Load, memory.OffsetOf(address), bytes, place));

    public void Store(byte* address, int bytes, ulong value, string place)
    {
        if (IsRepeating)
        {
            return;
        }

        BufferedStore store = new(memory.OffsetOf(address), bytes, value);
        bool isMessage = place is nameof(Memory.MemoryCopy) or "Fill";
        if (fault == PlantedFault.IndexBeforeMessage && isMessage)
        {
            _held.Add(store);
            return;
        }

        _buffer.Add(store);
        _buffer.AddRange(_held);
        _held.Clear();
    }

    public void Fence(string place)
    {
        PlantedFault missing = place switch
        {
            "InOrderDevice.Publish" => PlantedFault.NoFenceAfterMessage,
            "InOrderDriver.Publish" => PlantedFault.NoFenceAfterRoom,
            "InOrderDevice.RequestWakeUp" or "InOrderDriver.RequestWakeUp" or "AnyIncomingLink.RequestWakeUp" => PlantedFault.NoFenceAfterAnnouncement,
            "BusEndpoint.SetState" => PlantedFault.NoFenceAfterState,
            "BusEndpoint.Send.ShowBroadcast" => PlantedFault.NoFenceAfterBroadcast,
            LitmusFence => PlantedFault.NoFenceAfterMessage,
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
        if (fault != PlantedFault.NoWakeUp)
        {
            Await(new Access(AccessKind.Wake, target, 0, nameof(Wake)));
        }
    }

    public void BeginSleep() => Await(new Access(AccessKind.BeginSleep, 0, 0, nameof(BeginSleep)));

    public void Sleep(bool isTimed)
    {
        if (fault == PlantedFault.ForgottenWakeUp)
        {
            BeginSleep();
        }

        IsTimeUp |= Await(new Access(AccessKind.Sleep, isTimed ? 1 : 0, 0, nameof(Sleep))) != 0;
    }

    private CoreState Run(CoreState state)
    {
        int step = state.Step;
        byte[] image = state.Image;
        UInt128 imageHash = state.ImageHash;
        BeginStep(state.Results);
        _buffer.Clear();
        _buffer.AddRange(state.Buffer);
        memory.Restore(image);
        s_current = this;
        try
        {
            for (; step < program.Steps; step++)
            {
                program.Run(memory.Bus.Endpoint(core), step);
                image = memory.TakeImage();
                imageHash = BusMemory.HashOf(image);
                BeginStep([]);
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
        return state with
        {
            Step = step,
            Image = image,
            ImageHash = imageHash,
            Results = [.. _results],
            Buffer = [.. _buffer],
            Next = _next,
        };
    }

    private void BeginStep(ReadOnlySpan<ulong> results)
    {
        _results.Clear();
        _results.AddRange(results);
        _decided = 0;
        IsTimeUp = false;
    }

    private ulong Await(Access access)
    {
        if (IsRepeating)
        {
            return _results[_decided++];
        }

        _next = access;
        throw CoreStopped.Instance;
    }
}
