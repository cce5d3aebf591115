using ToroCosmos.Memory;

namespace ToroCosmos.Mpi.Datatypes;

/// <summary>Moves data between a buffer of elements and a row of bytes, from any byte of the row on.</summary>
internal static unsafe class TypeMover
{
    /// <summary>Copies a part of the elements' data into a row.</summary>
    /// <param name="type">The elements' type.</param>
    /// <param name="elements">The first element.</param>
    /// <param name="position">Which byte of all data is the first.</param>
    /// <param name="row">Where they go.</param>
    /// <param name="bytes">How many; so many must be left.</param>
    public static void Pack(TypeSlot* type, byte* elements, int position, byte* row, int bytes) =>
        Move(type, elements, position, row, bytes, true);

    /// <summary>Copies a row into a part of the elements' data.</summary>
    public static void Unpack(TypeSlot* type, byte* elements, int position, byte* row, int bytes) =>
        Move(type, elements, position, row, bytes, false);

    /// <summary>Copies elements to others of another type with the same data.</summary>
    /// <param name="parts">Memory for a part of the data, where neither type is dense.</param>
    /// <param name="partBytes">Its length: 1 or more.</param>
    public static void Copy(TypeSlot* from, byte* source, TypeSlot* to, byte* target, int bytes, byte* parts, int partBytes)
    {
        if (from->IsDense)
        {
            Unpack(to, target, 0, source + from->TrueLowerBound, bytes);
            return;
        }

        if (to->IsDense)
        {
            Pack(from, source, 0, target + to->TrueLowerBound, bytes);
            return;
        }

        for (int done = 0; done < bytes; done += partBytes)
        {
            int part = bytes - done < partBytes ? bytes - done : partBytes;
            Pack(from, source, done, parts, part);
            Unpack(to, target, done, parts, part);
        }
    }

    private static void Move(TypeSlot* type, byte* elements, int position, byte* row, int bytes, bool isOut)
    {
        if (type->IsDense)
        {
            Transfer(elements + type->TrueLowerBound + position, row, bytes, isOut);
            return;
        }

        if (bytes == 0)
        {
            return;
        }

        int index = (int)((uint)position / (uint)type->Size);
        int skip = position - (index * type->Size);
        byte* element = elements + (index * type->Extent);
        while (bytes > 0)
        {
            for (int i = 0; i < type->RunCount && bytes > 0; i++)
            {
                TypeRun* run = type->Runs + i;
                int runBytes = run->Blocks * run->Bytes;
                if (skip >= runBytes)
                {
                    skip -= runBytes;
                    continue;
                }

                int block = (int)((uint)skip / (uint)run->Bytes);
                int within = skip - (block * run->Bytes);
                skip = 0;
                byte* data = element + run->Offset + (block * run->Stride);
                for (; block < run->Blocks && bytes > 0; block++)
                {
                    int part = run->Bytes - within;
                    part = part < bytes ? part : bytes;
                    Transfer(data + within, row, part, isOut);
                    row += part;
                    bytes -= part;
                    within = 0;
                    data += run->Stride;
                }
            }

            element += type->Extent;
        }
    }

    private static void Transfer(byte* data, byte* row, int bytes, bool isOut)
    {
        if (isOut)
        {
            MemoryCopy.Copy(row, data, (uint)bytes);
        }
        else
        {
            MemoryCopy.Copy(data, row, (uint)bytes);
        }
    }
}
