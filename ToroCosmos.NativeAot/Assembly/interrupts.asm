; Entry of all 256 vectors. Exceptions run on the stack of the code they interrupted, except those that must survive a
; broken stack; device and inter-processor interrupts run on a stack of their own, because compiled C code keeps data
; below the stack pointer (System V x86-64 psABI, the red zone).
;
; The processor starts each such interrupt at the same place of that stack (Intel SDM 3A, Interrupt Stack Table). While
; one is handled the place is moved down, so that a handler may enable interrupts: the next has a stack of its own.
%include "macros.inc"

extern ToroInterrupt

section .text

; One 16-byte stub a vector: pushes an error code where the processor does not (Intel SDM 3A, Error Code), and the
; vector.
align 16
global interrupt_stubs
interrupt_stubs:
%assign vector 0
%rep 256
align 16
%if vector = WAKE_VECTOR
    jmp strict near wake_interrupt
%elif vector = SPURIOUS_VECTOR
    iretq
%elif (vector = 8) || ((vector >= 10) && (vector <= 14)) || (vector = 17) || (vector = 21) || (vector = 29) || (vector = 30)
    push strict dword vector
    jmp strict near common_interrupt
%else
    push 0
    push strict dword vector
    jmp strict near common_interrupt
%endif
%assign vector vector + 1
%endrep

; Only ends a halt: acknowledges the local APIC and returns. Where threads run, some may wait for it.
align 16
wake_interrupt:
    cmp dword [gs:CORE_LENDS], 0
    jne .scheduled
    push rax
    mov rax, [end_of_interrupt_register]
    test rax, rax
    jz .x2apic
    mov dword [rax], 0
    pop rax
    iretq
.x2apic:
    push rcx
    push rdx
    mov ecx, 0x80B                  ; IA32_X2APIC_EOI
    xor eax, eax
    xor edx, edx
    wrmsr
    pop rdx
    pop rcx
    pop rax
    iretq
.scheduled:
    push 0
    push strict dword WAKE_VECTOR
    jmp common_interrupt

; Builds the C# struct InterruptFrame on the stack, saves the vector state below it and calls ToroInterrupt.
align 16
common_interrupt:
    PUSH_GENERAL
    mov rbx, rsp                    ; the frame
    cld
    xor ebp, ebp
    cmp qword [rbx + FRAME_VECTOR], FIRST_EXTERNAL_VECTOR
    jb .stack_chosen
    inc dword [gs:CORE_INTERRUPT_DEPTH]
    sub qword [gs:CORE_INTERRUPT_STACK], INTERRUPT_STACK_STRIDE
.stack_chosen:
    CALL_WITH_VECTORS_SAVED ToroInterrupt
    cmp qword [rbx + FRAME_VECTOR], FIRST_EXTERNAL_VECTOR
    jb .stack_freed
    dec dword [gs:CORE_INTERRUPT_DEPTH]
    add qword [gs:CORE_INTERRUPT_STACK], INTERRUPT_STACK_STRIDE
.stack_freed:
    mov rsp, rbx
    POP_GENERAL
    add rsp, 16                     ; vector and error code
    iretq

section .data
align 8
; Address of the local APIC's end-of-interrupt register, or 0 in x2APIC mode.
global end_of_interrupt_register
end_of_interrupt_register: dq 0
; Bytes of an XSAVE area with all enabled state, or 0 where FXSAVE is used.
global extended_state_size
extended_state_size: dd 0

section .note.GNU-stack noalloc noexec nowrite progbits
