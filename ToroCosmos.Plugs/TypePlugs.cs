using System;
using Cosmos.Core;
using IL2CPU.API.Attribs;

namespace ToroCosmos.Plugs;

/// <summary>
/// Makes the object of a type once. Cosmos makes one, with its names, at each <c>typeof</c>, and another of each base type
/// to find out whether the type is a value's; every span over an array asks that. Cosmos' plugs come after these, so these
/// are taken.
/// </summary>
[Plug(Target = typeof(Type))]
public static unsafe class TypePlugs
{
    private static readonly CosmosRuntimeType?[] s_types = new CosmosRuntimeType?[VTablesImpl.mTypes.Length];

    /// <summary>See <see cref="Type.GetTypeFromHandle"/>.</summary>
    /// <param name="aHandle">The high half is the address of the type's number.</param>
    [PlugMethod(Signature = "System_Type__System_Type_GetTypeFromHandle_System_RuntimeTypeHandle_")]
    public static Type GetTypeFromHandle(ulong aHandle)
    {
        uint number = *(uint*)(uint)(aHandle >> 32);

        // Two cores that come first at once make two objects, which are equal: one of them stays.
        CosmosRuntimeType? type = s_types[number];
        if (type is null)
        {
            type = new CosmosRuntimeType(number);
            s_types[number] = type;
        }

        return type;
    }

    /// <summary>See <see cref="Type.IsValueType"/>.</summary>
    [PlugMethod(Signature = "System_Boolean__System_Type_get_IsValueType")]
    public static bool get_IsValueType(CosmosRuntimeType aThis) => VTablesImpl.IsValueType(aThis.mTypeId);
}
