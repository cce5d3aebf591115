using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ToroCosmos.NativeAot.Exceptions;
using ToroCosmos.NativeAot.Processor;
using Xunit;

namespace ToroCosmos.NativeAot.Tests;

/// <summary>What the runtime and its class library must agree on, by the class library's own account.</summary>
public unsafe class ClassLibraryTests
{
    [Fact]
    public void Structures_are_as_large_as_the_class_library_was_compiled_with()
    {
        Assert.Equal(ClassLibrary.Layouts["SIZEOF__REGDISPLAY"], sizeof(Registers));
        Assert.Equal(ClassLibrary.Layouts["SIZEOF__StackFrameIterator"], sizeof(StackFrame));
        Assert.Equal(ClassLibrary.Layouts["SIZEOF__ExInfo"], sizeof(ExInfo));
        Assert.Equal(ClassLibrary.Layouts["SIZEOF__PAL_LIMITED_CONTEXT"], sizeof(ThrowContext));
    }

    [Fact]
    public void Fields_are_where_the_class_library_looks_for_them()
    {
        StackFrame frame = default;
        ExInfo exception = default;
        ThrowContext context = default;
        Registers registers = default;
        Same("StackFrameIterator__m_FramePointer", &frame, &frame.FramePointer);
        Same("StackFrameIterator__m_ControlPC", &frame, &frame.ControlPc);
        Same("StackFrameIterator__m_RegDisplay", &frame, &frame.Registers);
        Same("StackFrameIterator__m_OriginalControlPC", &frame, &frame.OriginalControlPc);
        Same("ExInfo__m_pPrevExInfo", &exception, &exception.Previous);
        Same("ExInfo__m_pExContext", &exception, &exception.Context);
        Same("ExInfo__m_exception", &exception, &exception.Exception);
        Same("ExInfo__m_kind", &exception, &exception.Kind);
        Same("ExInfo__m_passNumber", &exception, &exception.Pass);
        Same("ExInfo__m_idxCurClause", &exception, &exception.CurrentClause);
        Same("ExInfo__m_frameIter", &exception, &exception.Frame);
        Same("PAL_LIMITED_CONTEXT__IP", &context, &context.Rip);
        Same("PAL_LIMITED_CONTEXT__Rsp", &context, &context.Rsp);
        Same("PAL_LIMITED_CONTEXT__Rbp", &context, &context.Rbp);
        Same("PAL_LIMITED_CONTEXT__Rbx", &context, &context.Rbx);
        Same("PAL_LIMITED_CONTEXT__R12", &context, &context.R12);
        Same("PAL_LIMITED_CONTEXT__R13", &context, &context.R13);
        Same("PAL_LIMITED_CONTEXT__R14", &context, &context.R14);
        Same("PAL_LIMITED_CONTEXT__R15", &context, &context.R15);
        Same("REGDISPLAY__SP", &registers, &registers.Rsp);
        Same("REGDISPLAY__pRbx", &registers, &registers.Rbx);
        Same("REGDISPLAY__pRbp", &registers, &registers.Rbp);
        Same("REGDISPLAY__pR12", &registers, &registers.R12);
        Same("REGDISPLAY__pR13", &registers, &registers.R13);
        Same("REGDISPLAY__pR14", &registers, &registers.R14);
        Same("REGDISPLAY__pR15", &registers, &registers.R15);

        static void Same(string name, void* structure, void* field) =>
            Assert.Equal((name, ClassLibrary.Layouts["OFFSETOF__" + name]), (name, (int)((byte*)field - (byte*)structure)));
    }

    [Fact]
    public void The_runtimes_own_fields_of_a_frame_lie_where_the_class_library_has_none()
    {
        StackFrame frame = default;
        long first = (byte*)&frame.Function - (byte*)&frame;
        long end = (byte*)&frame.NextExInfo - (byte*)&frame + sizeof(nint);
        int registers = ClassLibrary.Layouts["OFFSETOF__StackFrameIterator__m_RegDisplay"] + ClassLibrary.Layouts["SIZEOF__REGDISPLAY"];

        Assert.InRange(first, registers, end);
        Assert.InRange((byte*)&frame.NextExInfo - (byte*)&frame, first + sizeof(Function), end);
        Assert.InRange(end, first, ClassLibrary.Layouts["OFFSETOF__StackFrameIterator__m_OriginalControlPC"]);
    }

    [Fact]
    public void Every_native_function_that_the_class_library_declares_is_refused_when_nobody_has_it()
    {
        Regex refused = new(Regex.Match(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "refusals.awk")), "~ /(\\^\\(Rh.*?\\))/").Groups[1].Value);
        string[] functions = [.. ClassLibrary.NativeFunctions()];

        Assert.InRange(functions.Length, 500, 5000);
        Assert.All(functions, function => Assert.Matches(refused, function));
    }
}
