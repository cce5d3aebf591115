using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;

namespace ToroCosmos.Programs.Subjects;

/// <summary>Expression trees: without a compiler at run time, Compile makes an interpreter.</summary>
internal static class ExpressionTrees
{
    public static ProgramGroup All { get; } = new(nameof(ExpressionTrees)) { Lambda, BuiltByHand, Closures, LoopsAndBlocks, TryCatch, Visitor, MemberAccess, Conditionals, Recursion, Texts };

    private static string Lambda()
    {
        Expression<Func<int, int, int>> sum = (a, b) => (a * b) + 1;
        return Answer.Of(sum.Compile()(3, 4), sum.Body.NodeType, sum.Parameters.Count);
    }

    private static string BuiltByHand()
    {
        ParameterExpression x = Expression.Parameter(typeof(double), "x");
        var square = Expression.Lambda<Func<double, double>>(Expression.Add(Expression.Multiply(x, x), Expression.Constant(0.5)), x);
        return Answer.Of(square.Compile()(3), square.ToString());
    }

    private static string Closures()
    {
        int factor = 3;
        Expression<Func<int, int>> times = n => n * factor;
        Func<int, int> compiled = times.Compile();
        int before = compiled(5);
        factor = 10;
        return Answer.Of(before, compiled(5));
    }

    private static string LoopsAndBlocks()
    {
        ParameterExpression n = Expression.Parameter(typeof(int)), product = Expression.Variable(typeof(int));
        LabelTarget end = Expression.Label(typeof(int));
        BlockExpression body = Expression.Block(
            [product],
            Expression.Assign(product, Expression.Constant(1)),
            Expression.Loop(Expression.IfThenElse(Expression.GreaterThan(n, Expression.Constant(1)), Expression.MultiplyAssign(product, Expression.PostDecrementAssign(n)), Expression.Break(end, product)), end));
        return Answer.Of(Expression.Lambda<Func<int, int>>(body, n).Compile()(6));
    }

    private static string TryCatch()
    {
        ParameterExpression n = Expression.Parameter(typeof(int));
        TryExpression body = Expression.TryCatch(Expression.Divide(Expression.Constant(10), n), Expression.Catch(typeof(DivideByZeroException), Expression.Constant(-1)));
        Func<int, int> divide = Expression.Lambda<Func<int, int>>(body, n).Compile();
        return Answer.Of(divide(5), divide(0));
    }

    private static string Visitor()
    {
        Expression<Func<int, int>> original = n => n + 1;
        var doubled = (Expression<Func<int, int>>)new ConstantDoubler().Visit(original);
        return Answer.Of(doubled.ToString(), doubled.Compile()(1));
    }

    private static string MemberAccess()
    {
        Expression<Func<string, bool>> expression = text => text.Length > 2 && text.StartsWith("ab");
        Func<string, bool> test = expression.Compile();
        return Answer.Of(test("abc"), test("xyz"), test("a"), ((MemberExpression)((BinaryExpression)((BinaryExpression)expression.Body).Left).Left).Member.Name);
    }

    private static string Conditionals()
    {
        Expression<Func<object?, string>> expression = value => value == null ? "none" : value is int ? "number" : value.ToString()!;
        Func<object?, string> describe = expression.Compile();
        return Answer.Of(describe(null), describe(3), describe("text"));
    }

    private static string Recursion()
    {
        Expression<Func<IEnumerable<int>, int>> expression = items => items.Where(n => n % 2 == 1).Sum(n => n * n);
        return Answer.Of(expression.Compile()([1, 2, 3, 4, 5]));
    }

    private static string Texts()
    {
        Expression<Func<int, IEnumerable<string>>> expression = n => new List<string> { "a", n.ToString() };
        return expression.ToString();
    }

    private sealed class ConstantDoubler : ExpressionVisitor
    {
        protected override Expression VisitConstant(ConstantExpression node) => Expression.Constant((int)node.Value! * 2);
    }
}
