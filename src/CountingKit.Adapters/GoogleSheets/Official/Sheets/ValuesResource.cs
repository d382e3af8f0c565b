#nullable disable
using Google.Apis.Sheets.v4.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Sheets.v4;

public partial class SpreadsheetsResource
{
    /// <summary>Values of ranges in A1 notation.</summary>
    public partial class ValuesResource(IClientService service)
    {
        public virtual GetRequest Get(string spreadsheetId, string range) => new(service, spreadsheetId, range);

        public virtual UpdateRequest Update(ValueRange body, string spreadsheetId, string range) =>
            new(service, body, spreadsheetId, range);

        /// <summary>Values of one range.</summary>
        public class GetRequest : SheetsBaseServiceRequest<ValueRange>
        {
            public GetRequest(IClientService service, string spreadsheetId, string range) : base(service)
            {
                SpreadsheetId = spreadsheetId;
                Range = range;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            [RequestParameter("range", RequestParameterType.Path)]
            public virtual string Range { get; private set; }

            [RequestParameter("majorDimension", RequestParameterType.Query)]
            public virtual MajorDimensionEnum? MajorDimension { get; set; }

            [RequestParameter("valueRenderOption", RequestParameterType.Query)]
            public virtual ValueRenderOptionEnum? ValueRenderOption { get; set; }

            [RequestParameter("dateTimeRenderOption", RequestParameterType.Query)]
            public virtual DateTimeRenderOptionEnum? DateTimeRenderOption { get; set; }

            public override string MethodName => "get";
            public override string HttpMethod => "GET";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values/{range}";

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId", "range");
                Declare("query", "majorDimension", "valueRenderOption", "dateTimeRenderOption");
            }

            /// <summary>Whether the outer list holds rows or columns.</summary>
            public enum MajorDimensionEnum
            {
                [StringValue("DIMENSION_UNSPECIFIED")] DIMENSIONUNSPECIFIED,
                [StringValue("ROWS")] ROWS,
                [StringValue("COLUMNS")] COLUMNS,
            }

            /// <summary>Values as shown, as computed, or the formulas.</summary>
            public enum ValueRenderOptionEnum
            {
                [StringValue("FORMATTED_VALUE")] FORMATTEDVALUE,
                [StringValue("UNFORMATTED_VALUE")] UNFORMATTEDVALUE,
                [StringValue("FORMULA")] FORMULA,
            }

            /// <summary>Dates as serial numbers or as text.</summary>
            public enum DateTimeRenderOptionEnum
            {
                [StringValue("SERIAL_NUMBER")] SERIALNUMBER,
                [StringValue("FORMATTED_STRING")] FORMATTEDSTRING,
            }
        }

        /// <summary>Writes values of one range.</summary>
        public class UpdateRequest : SheetsBaseServiceRequest<UpdateValuesResponse>
        {
            public UpdateRequest(IClientService service, ValueRange body, string spreadsheetId, string range)
                : base(service)
            {
                SpreadsheetId = spreadsheetId;
                Range = range;
                Body = body;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            [RequestParameter("range", RequestParameterType.Path)]
            public virtual string Range { get; private set; }

            [RequestParameter("includeValuesInResponse", RequestParameterType.Query)]
            public virtual bool? IncludeValuesInResponse { get; set; }

            [RequestParameter("valueInputOption", RequestParameterType.Query)]
            public virtual ValueInputOptionEnum? ValueInputOption { get; set; }

            public override string MethodName => "update";
            public override string HttpMethod => "PUT";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values/{range}";
            private ValueRange Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId", "range");
                Declare("query", "includeValuesInResponse", "valueInputOption");
            }

            /// <summary>Stored as sent, or taken as if a person had typed it.</summary>
            public enum ValueInputOptionEnum
            {
                [StringValue("INPUT_VALUE_OPTION_UNSPECIFIED")] INPUTVALUEOPTIONUNSPECIFIED,
                [StringValue("RAW")] RAW,
                [StringValue("USER_ENTERED")] USERENTERED,
            }
        }
    }
}
