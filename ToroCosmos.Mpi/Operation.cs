using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>How a reduction combines elements.</summary>
public static class Operation
{
    /// <summary>The sum.</summary>
    public static MpiOp Add => MpiOp.Sum;

    /// <summary>The product.</summary>
    public static MpiOp Multiply => MpiOp.Prod;

    /// <summary>The smallest.</summary>
    public static MpiOp Min => MpiOp.Min;

    /// <summary>The largest.</summary>
    public static MpiOp Max => MpiOp.Max;

    /// <summary>Whether all are not 0.</summary>
    public static MpiOp LogicalAnd => MpiOp.LogicalAnd;

    /// <summary>Whether one is not 0.</summary>
    public static MpiOp LogicalOr => MpiOp.LogicalOr;

    /// <summary>Whether an odd number of them is not 0.</summary>
    public static MpiOp LogicalXor => MpiOp.LogicalXor;

    /// <summary>The bits that all have.</summary>
    public static MpiOp BitwiseAnd => MpiOp.BitwiseAnd;

    /// <summary>The bits that one has.</summary>
    public static MpiOp BitwiseOr => MpiOp.BitwiseOr;

    /// <summary>The bits that an odd number of them has.</summary>
    public static MpiOp BitwiseXor => MpiOp.BitwiseXor;
}
