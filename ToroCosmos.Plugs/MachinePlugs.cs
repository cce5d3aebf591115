using System.Text;
using IL2CPU.API.Attribs;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>The instructions of <see cref="Machine"/>, and the code that starts a core.</summary>
[Plug(Target = typeof(Machine))]
public static unsafe class MachinePlugs
{
    [PlugMethod(Assembler = typeof(ExchangeLines))]
    public static uint Exchange(uint* word, uint value) => throw null!;

    [PlugMethod(Assembler = typeof(DisableInterruptsLines))]
    public static uint DisableInterrupts() => throw null!;

    [PlugMethod(Assembler = typeof(RestoreInterruptsLines))]
    public static void RestoreInterrupts(uint state) => throw null!;

    [PlugMethod(Assembler = typeof(ResumeInterruptsLines))]
    public static void ResumeInterrupts() => throw null!;

    [PlugMethod(Assembler = typeof(StoreGdtRegisterLines))]
    public static void StoreGdtRegister(byte* register) => throw null!;

    [PlugMethod(Assembler = typeof(StoreIdtRegisterLines))]
    public static void StoreIdtRegister(byte* register) => throw null!;

    [PlugMethod(Assembler = typeof(StartUpCodeLines))]
    public static byte* StartUpCode() => throw null!;

    [PlugMethod(Assembler = typeof(StartUpCodeBytesLines))]
    public static uint StartUpCodeBytes() => throw null!;

    [PlugMethod(Assembler = typeof(WakeEntryLines))]
    public static byte* WakeEntry() => throw null!;

    [PlugMethod(Assembler = typeof(SpuriousEntryLines))]
    public static byte* SpuriousEntry() => throw null!;

    [PlugMethod(Assembler = typeof(VectorEntriesLines))]
    public static byte* VectorEntries() => throw null!;

    /// <summary>XCHG with memory is always locked.</summary>
    public sealed class ExchangeLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 12]
            mov eax, [ebp + 8]
            xchg [edx], eax
            push eax
            """;
    }

    /// <summary>The flags as they were, with the note as it was in the highest bit, which is reserved and 0 in them.</summary>
    public sealed class DisableInterruptsLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            pushfd
            cli
            {InterruptFlagLines.JumpOnOtherCores(".disabled")}
            movzx eax, byte [{InterruptFlagLines.Note}]
            mov byte [{InterruptFlagLines.Note}], 0
            shl eax, 31
            or [esp], eax
            .disabled:
            """;
    }

    /// <summary>The note, then the flags: no handler sees them differ.</summary>
    public sealed class RestoreInterruptsLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            mov eax, [ebp + 8]
            btr eax, 31
            jnc .noted
            mov byte [{InterruptFlagLines.Note}], 1
            .noted:
            push eax
            popfd
            """;
    }

    /// <summary>The flag, where the note allows it.</summary>
    public sealed class ResumeInterruptsLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => $"""
            {InterruptFlagLines.JumpOnOtherCores(".resumed")}
            cmp byte [{InterruptFlagLines.Note}], 0
            je .resumed
            sti
            .resumed:
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class StoreGdtRegisterLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov eax, [ebp + 8]
            sgdt [eax]
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class StoreIdtRegisterLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov eax, [ebp + 8]
            sidt [eax]
            """;
    }

    /// <summary>Where a processor wakes up: in real mode at the start of the page that the SIPI named (Intel SDM 3A, MP
    /// Initialization Protocol), to which the first lines are copied. The rest runs where it is linked. The addresses at
    /// 0x8F00 are fields of <see cref="StartUpPage"/>.</summary>
    public sealed class StartUpCodeLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            jmp toro_start_up_after
            toro_start_up_begin:
            BITS 16
            cli
            cld
            mov ax, cs
            mov ds, ax
            o32 lgdt [0xF00]
            mov eax, cr0
            and eax, 0x9FFFFFFF             ; caches on
            or al, 1                        ; protected mode
            mov cr0, eax
            jmp dword 8:toro_start_up_protected
            toro_start_up_end:
            BITS 32
            toro_start_up_protected:
            mov ax, 16
            mov ds, ax
            mov es, ax
            mov ss, ax
            mov fs, ax
            lidt [0x8F08]
            mov eax, cr0
            and eax, 0xFFFFFFF3             ; neither emulation nor a task switch
            or eax, 0x22                    ; x87 errors are exceptions
            mov cr0, eax
            mov eax, cr4
            or eax, 0x600                   ; SSE
            mov cr4, eax
            fninit
            xor eax, eax
            xchg [0x8F10], eax              ; whoever exchanges first owns the prepared state
            test eax, eax
            jz toro_start_up_halt
            mov esp, [eax]
            mov ecx, [eax + 4]
            mov edx, [eax + 8]
            lea ebx, [ecx * 8 + 16]
            mov gs, bx
            xor ebp, ebp
            push ecx
            call edx
            call dword [0x8F1C]             ; it never returns, but an exception may escape it
            toro_start_up_halt:
            cli
            hlt
            jmp toro_start_up_halt
            toro_start_up_after:
            push dword toro_start_up_begin
            """;
    }

    /// <summary>The length of what is copied.</summary>
    public sealed class StartUpCodeBytesLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            push dword toro_start_up_end - toro_start_up_begin
            """;
    }

    /// <summary>Acknowledges the local APIC and returns.</summary>
    public sealed class WakeEntryLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            jmp toro_wake_after
            toro_wake_entry:
            push eax
            push ecx
            push edx
            call toro_end_of_interrupt
            pop edx
            pop ecx
            pop eax
            iretd
            toro_end_of_interrupt:
            mov ecx, [0x8F14]
            xor eax, eax
            test ecx, ecx
            jz toro_end_of_interrupt_msr
            mov [ecx + 0xB0], eax
            ret
            toro_end_of_interrupt_msr:
            xor edx, edx
            mov ecx, 0x80B
            wrmsr
            ret
            toro_wake_after:
            push dword toro_wake_entry
            """;
    }

    /// <summary>Only returns: a spurious interrupt is not acknowledged.</summary>
    public sealed class SpuriousEntryLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            jmp toro_spurious_after
            toro_spurious_entry:
            iretd
            toro_spurious_after:
            push dword toro_spurious_entry
            """;
    }

    /// <summary>Ten bytes for each vector from the first one, and what they all jump to: it calls the vector's
    /// handler, which acknowledges the local APIC, or does so itself where there is none. A handler keeps interrupts from
    /// its core to its end, so the note says so; what it was stands where the vector's number was.</summary>
    public sealed class VectorEntriesLines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines
        {
            get
            {
                var lines = new StringBuilder("jmp toro_vector_after\ntoro_vector_entries:\n");
                for (int vector = Interrupts.FirstVector; vector <= byte.MaxValue; vector++)
                {
                    lines.Append("push strict dword ").Append(vector).Append("\njmp strict near toro_vector_common\n");
                }

                return lines.Append(Common).ToString();
            }
        }

        private static string Common => $"""
            toro_vector_common:
            pushad
            cld
            mov ebp, esp
            sub esp, 512
            and esp, 0xFFFFFFF0
            fxsave [esp]
            mov edx, [ebp + 32]
            mov dword [ebp + 32], 0
            mov ecx, [0x8F18]
            mov ecx, [ecx + edx * 4]
            test ecx, ecx
            jz toro_vector_without_handler
            {InterruptFlagLines.JumpOnOtherCores("toro_vector_call")}
            mov al, [{InterruptFlagLines.Note}]
            mov [ebp + 32], al
            mov byte [{InterruptFlagLines.Note}], 0
            toro_vector_call:
            push edx
            call ecx
            cmp byte [ebp + 32], 0
            je toro_vector_handled
            mov byte [{InterruptFlagLines.Note}], 1
            jmp toro_vector_handled
            toro_vector_without_handler:
            call toro_end_of_interrupt
            toro_vector_handled:
            mov esp, ebp
            sub esp, 512
            and esp, 0xFFFFFFF0
            fxrstor [esp]
            mov esp, ebp
            popad
            add esp, 4
            iretd
            toro_vector_after:
            push dword toro_vector_entries
            """;
    }
}
