using ToroCosmos.Hardware;

namespace ToroCosmos.Plugs;

/// <summary>
/// A lock between cores. Interrupts are kept from the core that has it, so that a handler of Cosmos never waits for the
/// code it interrupted.
/// </summary>
internal unsafe struct KernelLock
{
    private uint _taken;
    private uint _owner;
    private uint _depth;
    private uint _flags;

    /// <summary>Takes the lock; once more when this core has it.</summary>
    public static void Enter(KernelLock* self)
    {
        uint flags = Machine.DisableInterrupts();
        uint core = (uint)Cpu.CurrentCore() + 1;
        if (self->_owner != core)
        {
            while (Machine.Exchange(&self->_taken, 1) != 0)
            {
                Cpu.Pause();
            }

            self->_owner = core;
            self->_flags = flags;
        }

        self->_depth++;
    }

    public static void Exit(KernelLock* self)
    {
        if (--self->_depth == 0)
        {
            uint flags = self->_flags;
            self->_owner = 0;
            self->_taken = 0;
            Machine.RestoreInterrupts(flags);
        }
    }
}
