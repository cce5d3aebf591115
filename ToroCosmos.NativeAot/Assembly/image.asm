; Addresses that only the linker and the assembler know, as the C# struct ImageLayout.
%include "macros.inc"

extern kernel_start, text_start, text_end, rodata_start, rodata_end, data_start, kernel_end
extern modules_start, modules_end, eh_frame_hdr_start
extern boot_stack_guard, boot_stack_top, interrupt_table, interrupt_stubs
extern leaf_begin, leaf_end, dispatch_begin, dispatch_end, dispatch_return
extern catch_funclet_return, finally_funclet_return, filter_funclet_return
extern RhpInitialInterfaceDispatch, RhpThrowHwEx, preempt_entry, thread_entry
extern trampoline_begin, trampoline_end, trampoline_gdt_base, trampoline_protected_mode_target
extern trampoline_long_mode_target, trampoline_cr3
extern application_processor_block, end_of_interrupt_register, extended_state_size

section .text
FUNCTION image_layout
    lea rax, [layout]
    ret

section .rodata
align 8
layout:
    dq kernel_start, text_start, text_end, rodata_start, rodata_end, data_start, kernel_end
    dq modules_start, modules_end, eh_frame_hdr_start
    dq boot_stack_guard, boot_stack_top, STACK_SIZE, interrupt_table, interrupt_stubs
    dq leaf_begin, leaf_end, dispatch_begin, dispatch_end, dispatch_return
    dq catch_funclet_return, finally_funclet_return, filter_funclet_return
    dq RhpInitialInterfaceDispatch, RhpThrowHwEx, preempt_entry, thread_entry
    dq trampoline_begin, trampoline_end, trampoline_gdt_base, trampoline_protected_mode_target
    dq trampoline_long_mode_target, trampoline_cr3
    dq application_processor_block, end_of_interrupt_register, extended_state_size
    dq symbols_begin, symbols_end
    dq lines_begin, lines_end
    dq font_begin, font_end
    dq files_begin, files_end
    dq classlib_functions, g_cpuFeatures

; What the class library offers to the runtime, in the order of ClassLibFunctionId of the compiler.
extern GetRuntimeException, RuntimeFailFast, AppendExceptionStackFrame, GetSystemArrayEEType
extern OnFirstChanceException, OnUnhandledException
classlib_functions:
    dq GetRuntimeException, ToroFailFast, 0, AppendExceptionStackFrame, 0, GetSystemArrayEEType
    dq OnFirstChanceException, OnUnhandledException, 0, 0, 0, 0, 0, 0
extern ToroFailFast

; The glyphs of the framebuffer console, as the boot loader's package ships them.
font_begin:
    incbin "font.pf2"
font_end:

; The files of the kernel's project, an archive; empty when there are none.
align 16
files_begin:
    incbin "files.tar"
files_end:

; The functions' names (build/symbols.awk); empty in the first of the two link passes.
section .symbols progbits alloc noexec nowrite align=16
symbols_begin:
%include "symbols.inc"
symbols_end:

; The lines of the source (build/line_table.awk); empty in the first pass, and when the kernel is built without.
section .lines progbits alloc noexec nowrite align=16
lines_begin:
%include "lines.inc"
lines_end:

section .data
align 8
global RhpTrapThreads, g_cpuFeatures, __security_cookie
; Never set: no garbage collector stops threads.
RhpTrapThreads:     dd 0
; The optional instruction sets that this machine has; code compiled for them tests it (ProcessorFeatures.cs).
g_cpuFeatures:      dd 0
; Guards stack buffers; entry.asm sets it.
__security_cookie:  dq 0

section .note.GNU-stack noalloc noexec nowrite progbits
