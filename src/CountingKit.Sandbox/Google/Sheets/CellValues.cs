using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>Cell values to and from the wire: ExtendedValue in CellData, plain JSON in ValueRange.</summary>
internal static class CellValues
{
    public const int MaxText = 50_000;

    /// <exception cref="GoogleError">More than one kind of value, a computed one, or a text that is too long.</exception>
    public static object? Read(JsonObject? extended)
    {
        if (extended is null || extended.Count == 0) return null;
        if (extended.Count > 1) throw GoogleError.Invalid("oneof field 'value' is already set.");
        var (kind, node) = extended.First();
        return (kind, node) switch
        {
            (_, null) => null,
            ("stringValue", _) => Fitting(node.ToString()) is { Length: > 0 } text ? text : null,
            ("boolValue", _) => node.GetValueKind() == JsonValueKind.True,
            ("numberValue", _) => Number(node),
            ("formulaValue", _) => ReadFormula(node.ToString()),
            _ => throw GoogleError.Invalid($"{kind} is an output only field."),
        };
    }

    public static JsonObject? Write(object? value) => value switch
    {
        null => null,
        double number => new JsonObject { ["numberValue"] = number },
        bool truth => new JsonObject { ["boolValue"] = truth },
        Formula formula => new JsonObject { ["formulaValue"] = formula.Text },
        CellFault fault => new JsonObject { ["errorValue"] = new JsonObject { ["type"] = fault.Type,
            ["message"] = fault.Message } },
        _ => new JsonObject { ["stringValue"] = (string)value },
    };

    /// <summary>A member of a ValueRange, stored as sent; null when it is the empty text.</summary>
    public static object? ReadRaw(JsonNode node, int row, int column) => node.GetValueKind() switch
    {
        JsonValueKind.String => Fitting(node.ToString()) is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => Number(node),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw GoogleError.Invalid($"Invalid values[{row}][{column}]: "
            + (node is JsonArray ? "list_value" : "struct_value") + " " + node.ToJsonString()),
    };

    public static JsonNode WriteRaw(object? value) => value switch
    {
        null => JsonValue.Create(""),
        double number => JsonValue.Create(number),
        bool truth => JsonValue.Create(truth),
        Formula formula => JsonValue.Create(formula.Text),
        CellFault fault => JsonValue.Create(fault.Text),
        _ => JsonValue.Create((string)value),
    };

    public static string Fitting(string text) => text.Length <= MaxText
        ? text
        : throw GoogleError.Invalid(
            $"Your input contains more than the maximum of {MaxText} characters in a single cell.");

    private static Formula ReadFormula(string text) => text.StartsWith('=')
        ? new Formula(Fitting(text))
        : throw GoogleError.Invalid($"Invalid formula: a formula must begin with '='. Was: {text}");

    private static double Number(JsonNode node) =>
        double.Parse(node.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a formula gives when it cannot give a value.</summary>
/// <param name="Type">ErrorType on the wire.</param>
/// <param name="Text">What the cell shows.</param>
internal sealed record CellFault(string Type, string Text, string Message)
{
    public static readonly CellFault Reference = new("REF", "#REF!", "Reference does not exist.");
    public static readonly CellFault Name = new("NAME", "#NAME?", "Unknown function or range name.");
    public static readonly CellFault Value = new("VALUE", "#VALUE!", "A value of another kind was expected.");
    public static readonly CellFault DivideByZero = new("DIVIDE_BY_ZERO", "#DIV/0!", "Division by zero.");
    public static readonly CellFault Syntax = new("ERROR", "#ERROR!", "Formula parse error.");
}
