#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>The cells of a row.</summary>
public class RowData : IDirectResponseSchema
{
    [JsonProperty("values")] public virtual IList<CellData> Values { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>One cell: what was entered, what it came to, and how it looks.</summary>
public class CellData : IDirectResponseSchema
{
    [JsonProperty("userEnteredValue")] public virtual ExtendedValue UserEnteredValue { get; set; }
    [JsonProperty("effectiveValue")] public virtual ExtendedValue EffectiveValue { get; set; }
    [JsonProperty("formattedValue")] public virtual string FormattedValue { get; set; }
    [JsonProperty("userEnteredFormat")] public virtual CellFormat UserEnteredFormat { get; set; }
    [JsonProperty("effectiveFormat")] public virtual CellFormat EffectiveFormat { get; set; }
    [JsonProperty("hyperlink")] public virtual string Hyperlink { get; set; }
    [JsonProperty("note")] public virtual string Note { get; set; }
    [JsonProperty("pivotTable")] public virtual PivotTable PivotTable { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Exactly one kind of value. None at all, with the field in the mask, clears the cell.</summary>
public class ExtendedValue : IDirectResponseSchema
{
    [JsonProperty("numberValue")] public virtual double? NumberValue { get; set; }
    [JsonProperty("stringValue")] public virtual string StringValue { get; set; }
    [JsonProperty("boolValue")] public virtual bool? BoolValue { get; set; }
    [JsonProperty("formulaValue")] public virtual string FormulaValue { get; set; }
    [JsonProperty("errorValue")] public virtual ErrorValue ErrorValue { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What a formula came to when it failed.</summary>
public class ErrorValue : IDirectResponseSchema
{
    [JsonProperty("type")] public virtual string Type { get; set; }
    [JsonProperty("message")] public virtual string Message { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>How a cell looks.</summary>
public class CellFormat : IDirectResponseSchema
{
    [JsonProperty("numberFormat")] public virtual NumberFormat NumberFormat { get; set; }
    [JsonProperty("backgroundColorStyle")] public virtual ColorStyle BackgroundColorStyle { get; set; }
    [JsonProperty("horizontalAlignment")] public virtual string HorizontalAlignment { get; set; }
    [JsonProperty("verticalAlignment")] public virtual string VerticalAlignment { get; set; }
    [JsonProperty("wrapStrategy")] public virtual string WrapStrategy { get; set; }
    [JsonProperty("textFormat")] public virtual TextFormat TextFormat { get; set; }
    [JsonProperty("hyperlinkDisplayType")] public virtual string HyperlinkDisplayType { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>
/// Type is TEXT, NUMBER, PERCENT, CURRENCY, DATE, TIME, DATE_TIME or SCIENTIFIC; no pattern means the default of
/// the locale.
/// </summary>
public class NumberFormat : IDirectResponseSchema
{
    [JsonProperty("type")] public virtual string Type { get; set; }
    [JsonProperty("pattern")] public virtual string Pattern { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>How the text of a cell looks.</summary>
public class TextFormat : IDirectResponseSchema
{
    [JsonProperty("bold")] public virtual bool? Bold { get; set; }
    [JsonProperty("italic")] public virtual bool? Italic { get; set; }
    [JsonProperty("underline")] public virtual bool? Underline { get; set; }
    [JsonProperty("strikethrough")] public virtual bool? Strikethrough { get; set; }
    [JsonProperty("fontFamily")] public virtual string FontFamily { get; set; }
    [JsonProperty("fontSize")] public virtual int? FontSize { get; set; }
    [JsonProperty("foregroundColorStyle")] public virtual ColorStyle ForegroundColorStyle { get; set; }
    [JsonProperty("link")] public virtual Link Link { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A link without a formula.</summary>
public class Link : IDirectResponseSchema
{
    [JsonProperty("uri")] public virtual string Uri { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A color, or one of the theme.</summary>
public class ColorStyle : IDirectResponseSchema
{
    [JsonProperty("rgbColor")] public virtual Color RgbColor { get; set; }
    [JsonProperty("themeColor")] public virtual string ThemeColor { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Channels from 0 to 1.</summary>
public class Color : IDirectResponseSchema
{
    [JsonProperty("red")] public virtual float? Red { get; set; }
    [JsonProperty("green")] public virtual float? Green { get; set; }
    [JsonProperty("blue")] public virtual float? Blue { get; set; }
    [JsonProperty("alpha")] public virtual float? Alpha { get; set; }
    public virtual string ETag { get; set; }
}
