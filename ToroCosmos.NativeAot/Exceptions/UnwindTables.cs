using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>
/// The frame descriptions of the compiled code, found through the linker's sorted index (LSB Core, Exception Frames;
/// DWARF 4, Call Frame Information). The compiler writes one common entry for all: augmentation zLR, return address
/// at CFA-8, CFA = rsp+8 at a function's start, registers saved in multiples of 8 below the CFA.
/// </summary>
internal static unsafe class UnwindTables
{
    private const byte IndexEncoding = 0x3B;    // signed 32-bit, relative to the index
    private const uint IndexHeader = 12;

    private const int FlagsFunclet = 3;
    private const int FlagsClauses = 4;
    private const int FlagsAssociatedData = 0x10;

    private const int RegisterRbx = 3;
    private const int RegisterRbp = 6;
    private const int RegisterRsp = 7;
    private const int RegisterCount = 17;

    /// <summary>Finds the function whose code holds an address.</summary>
    public static bool Find(ulong address, out Function function)
    {
        function = default;
        byte* index = ImageLayout.Get()->UnwindIndex;
        if (index[3] != IndexEncoding)
        {
            return false;
        }

        int low = 0;
        int high = *(int*)(index + 8) - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int* entry = (int*)(index + IndexHeader) + (middle * 2);
            byte* start = index + entry[0];
            byte* description = index + entry[1];
            if ((byte*)address < start)
            {
                high = middle - 1;
            }
            else if ((byte*)address >= start + *(uint*)(description + 12))
            {
                low = middle + 1;
            }
            else
            {
                Describe(description, start, out function);
                return true;
            }
        }

        return false;
    }

    /// <summary>Turns the registers of a frame into those of its caller.</summary>
    /// <param name="controlPc">An address inside the frame's current instruction.</param>
    public static void Step(in Function function, ulong controlPc, Registers* registers)
    {
        byte* p = function.Description + 21;
        byte* end = function.Description + 4 + *(uint*)function.Description;
        byte* location = function.Start;
        ulong cfaRegister = RegisterRsp;
        ulong cfaOffset = 8;
        ulong* saved = stackalloc ulong[RegisterCount];
        for (int i = 0; i < RegisterCount; i++)
        {
            saved[i] = 0;
        }

        while (p < end && location <= (byte*)controlPc)
        {
            byte instruction = *p++;
            switch (instruction >> 6)
            {
                case 1:     // DW_CFA_advance_loc
                    location += instruction & 0x3F;
                    continue;
                case 2:     // DW_CFA_offset
                    ulong offset = ReadUleb(&p) * 8;
                    if ((instruction & 0x3F) < RegisterCount)
                    {
                        saved[instruction & 0x3F] = offset;
                    }

                    continue;
                default:
                    break;
            }

            switch (instruction)
            {
                case 0x02:  // DW_CFA_advance_loc1
                    location += *p;
                    p += 1;
                    break;
                case 0x03:  // DW_CFA_advance_loc2
                    location += *(ushort*)p;
                    p += 2;
                    break;
                case 0x04:  // DW_CFA_advance_loc4
                    location += *(uint*)p;
                    p += 4;
                    break;
                case 0x0C:  // DW_CFA_def_cfa
                    cfaRegister = ReadUleb(&p);
                    cfaOffset = ReadUleb(&p);
                    break;
                case 0x0D:  // DW_CFA_def_cfa_register
                    cfaRegister = ReadUleb(&p);
                    break;
                case 0x0E:  // DW_CFA_def_cfa_offset
                    cfaOffset = ReadUleb(&p);
                    break;
                default:    // DW_CFA_nop
                    break;
            }
        }

        ulong cfa = (cfaRegister == RegisterRbp ? registers->Rbp : registers->Rsp) + cfaOffset;
        Restore(&registers->Rbx, cfa, saved[RegisterRbx]);
        Restore(&registers->Rbp, cfa, saved[RegisterRbp]);
        Restore(&registers->R12, cfa, saved[12]);
        Restore(&registers->R13, cfa, saved[13]);
        Restore(&registers->R14, cfa, saved[14]);
        Restore(&registers->R15, cfa, saved[15]);
        registers->Rip = *(ulong*)(cfa - 8);
        registers->Rsp = cfa;
    }

    // The language-specific data of the compiler: a byte of flags; for a funclet the relative addresses of its method's
    // data and of the method's start; optional associated data; the relative address of the clauses.
    private static void Describe(byte* description, byte* start, out Function function)
    {
        function = default;
        function.Start = start;
        function.End = start + *(uint*)(description + 12);
        function.Description = description;
        function.MethodStart = start;
        byte* data = description + 17 + *(int*)(description + 17);
        byte flags = *data++;
        if ((flags & FlagsFunclet) != 0)
        {
            function.IsFunclet = true;
            byte* methodData = data + *(int*)data;
            data += 4;
            function.MethodStart = start - *(int*)data;
            data = methodData;
            flags = *data++;
        }

        if ((flags & FlagsAssociatedData) != 0)
        {
            data += 4;
        }

        function.Clauses = (flags & FlagsClauses) != 0 ? data + *(int*)data : null;
    }

    private static void Restore(ulong* register, ulong cfa, ulong offset)
    {
        if (offset != 0)
        {
            *register = *(ulong*)(cfa - offset);
        }
    }

    private static ulong ReadUleb(byte** p)
    {
        ulong value = 0;
        int shift = 0;
        byte b;
        do
        {
            b = *(*p)++;
            value |= (ulong)(b & 0x7F) << shift;
            shift += 7;
        }
        while ((b & 0x80) != 0 && shift < 64);
        return value;
    }
}
