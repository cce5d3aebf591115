using System;

namespace ToroCosmos.Il2Cpu.Planted;

public static class FinallyInsideCatch
{
    private static int s_depth;

    [Violates("FinallyInsideCatch")]
    public static int InOneMethod(int a)
    {
        try
        {
            try
            {
                return Check(a);
            }
            finally
            {
                s_depth--;
            }
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    [Violates("FinallyInsideCatch")]
    public static int InACallee(int a)
    {
        try
        {
            return Twice(a);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    public static int CatchInsideFinally(int a)
    {
        try
        {
            return CatchAlone(a);
        }
        finally
        {
            s_depth--;
        }
    }

    public static int CatchAlone(int a)
    {
        try
        {
            return Check(a);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static int Twice(int a) => 2 * FinallyAlone(a);

    private static int FinallyAlone(int a)
    {
        try
        {
            return Check(a);
        }
        finally
        {
            s_depth--;
        }
    }

    private static int Check(int a) => a > 0 ? a : throw new InvalidOperationException();
}
