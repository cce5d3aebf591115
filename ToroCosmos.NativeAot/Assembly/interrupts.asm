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

; The general registers, as the C# struct InterruptFrame has them below the vector.
%macro PUSH_GENERAL 0
    push rax
    push rcx
    push rdx
    push rbx
    push rbp
    push rsi
    push rdi
    push r8
    push r9
    push r10
    push r11
    push r12
    push r13
    push r14
    push r15
%endmacro

%macro POP_GENERAL 0
    pop r15
    pop r14
    pop r13
    pop r12
    pop r11
    pop r10
    pop r9
    pop r8
    pop rdi
    pop rsi
    pop rbp
    pop rbx
    pop rdx
    pop rcx
    pop rax
%endmacro

; Saves the vector state below rsp, calls a function with rdi = rbx, and restores the state. Destroys all but rbx.
%macro CALL_WITH_VECTORS_SAVED 1
    mov eax, [extended_state_size]
    test eax, eax
    jz %%fxsave
    sub rsp, rax
    and rsp, -64                    ; XSAVE area alignment (Intel SDM 1, XSAVE Area)
    ; XSAVE does not write the reserved part of the header, and XRSTOR faults if that is not zero.
    xor eax, eax
    lea rdi, [rsp + 512]
    mov ecx, 8
    rep stosq
    mov eax, -1
    mov edx, -1
    xsave64 [rsp]
    mov rdi, rbx
    call %1
    cli                             ; the handler may have enabled interrupts
    mov eax, -1
    mov edx, -1
    xrstor64 [rsp]
    jmp %%restored
%%fxsave:
    sub rsp, 512
    and rsp, -16
    fxsave64 [rsp]
    mov rdi, rbx
    call %1
    cli
    fxrstor64 [rsp]
%%restored:
%endmacro

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

; Where a thread goes on that an interrupt preempts: on its own stack, which Preemption.cs has put the upper half of an
; InterruptFrame on, with the registers that it was interrupted with, interrupts disabled. Another thread may run, and the
; core be another, when the call returns.
extern ToroPreempted
FUNCTION preempt_entry
    PUSH_GENERAL
    mov rbx, rsp
    cld
    xor ebp, ebp
    mov rax, [gs:CORE_THREAD]
    mov [rax + THREAD_INTERRUPTED], rbx
    CALL_WITH_VECTORS_SAVED ToroPreempted
    mov rax, [gs:CORE_THREAD]
    mov qword [rax + THREAD_INTERRUPTED], 0
    mov rsp, rbx
    POP_GENERAL
    add rsp, 16
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
