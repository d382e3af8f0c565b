#nullable disable
using Google.Apis.Sheets.v4.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Sheets.v4;

public partial class SpreadsheetsResource
{
    public partial class ValuesResource
    {
        public virtual BatchGetRequest BatchGet(string spreadsheetId) => new(service, spreadsheetId);

        public virtual BatchUpdateRequest BatchUpdate(BatchUpdateValuesRequest body, string spreadsheetId) =>
            new(service, body, spreadsheetId);

        public virtual ClearRequest Clear(ClearValuesRequest body, string spreadsheetId, string range) =>
            new(service, body, spreadsheetId, range);

        /// <summary>Values of several ranges.</summary>
        public class BatchGetRequest : SheetsBaseServiceRequest<BatchGetValuesResponse>
        {
            public BatchGetRequest(IClientService service, string spreadsheetId) : base(service)
            {
                SpreadsheetId = spreadsheetId;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            [RequestParameter("ranges", RequestParameterType.Query)]
            public virtual Repeatable<string> Ranges { get; set; }

            [RequestParameter("majorDimension", RequestParameterType.Query)]
            public virtual MajorDimensionEnum? MajorDimension { get; set; }

            [RequestParameter("valueRenderOption", RequestParameterType.Query)]
            public virtual ValueRenderOptionEnum? ValueRenderOption { get; set; }

            [RequestParameter("dateTimeRenderOption", RequestParameterType.Query)]
            public virtual DateTimeRenderOptionEnum? DateTimeRenderOption { get; set; }

            public override string MethodName => "batchGet";
            public override string HttpMethod => "GET";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchGet";

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId");
                Declare("query", "ranges", "majorDimension", "valueRenderOption", "dateTimeRenderOption");
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

        /// <summary>Writes values of several ranges at once, or none.</summary>
        public class BatchUpdateRequest : SheetsBaseServiceRequest<BatchUpdateValuesResponse>
        {
            public BatchUpdateRequest(IClientService service, BatchUpdateValuesRequest body, string spreadsheetId)
                : base(service)
            {
                SpreadsheetId = spreadsheetId;
                Body = body;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            public override string MethodName => "batchUpdate";
            public override string HttpMethod => "POST";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchUpdate";
            private BatchUpdateValuesRequest Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId");
            }
        }

        /// <summary>Clears values; formats and notes stay.</summary>
        public class ClearRequest : SheetsBaseServiceRequest<ClearValuesResponse>
        {
            public ClearRequest(IClientService service, ClearValuesRequest body, string spreadsheetId, string range)
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

            public override string MethodName => "clear";
            public override string HttpMethod => "POST";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values/{range}:clear";
            private ClearValuesRequest Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId", "range");
            }
        }
    }
}
