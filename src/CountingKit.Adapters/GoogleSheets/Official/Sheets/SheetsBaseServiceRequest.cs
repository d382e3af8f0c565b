#nullable disable
using Google.Apis.Discovery;
using Google.Apis.Requests;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Sheets.v4;

/// <summary>What every request to this API can carry.</summary>
public abstract class SheetsBaseServiceRequest<TResponse> : ClientServiceRequest<TResponse>
{
    protected SheetsBaseServiceRequest(IClientService service) : base(service) { }

    /// <summary>Which fields the answer holds; all of the usual ones when not set.</summary>
    [RequestParameter("fields", RequestParameterType.Query)]
    public virtual string Fields { get; set; }

    [RequestParameter("$.xgafv", RequestParameterType.Query)]
    public virtual XgafvEnum? Xgafv { get; set; }

    [RequestParameter("access_token", RequestParameterType.Query)]
    public virtual string AccessToken { get; set; }

    [RequestParameter("alt", RequestParameterType.Query)]
    public virtual AltEnum? Alt { get; set; }

    [RequestParameter("callback", RequestParameterType.Query)]
    public virtual string Callback { get; set; }

    [RequestParameter("key", RequestParameterType.Query)]
    public virtual string Key { get; set; }

    [RequestParameter("oauth_token", RequestParameterType.Query)]
    public virtual string OauthToken { get; set; }

    [RequestParameter("prettyPrint", RequestParameterType.Query)]
    public virtual bool? PrettyPrint { get; set; }

    [RequestParameter("quotaUser", RequestParameterType.Query)]
    public virtual string QuotaUser { get; set; }

    [RequestParameter("uploadType", RequestParameterType.Query)]
    public virtual string UploadType { get; set; }

    [RequestParameter("upload_protocol", RequestParameterType.Query)]
    public virtual string UploadProtocol { get; set; }

    protected override void InitParameters()
    {
        base.InitParameters();
        Declare("query", "fields", "$.xgafv", "access_token", "alt", "callback", "key", "oauth_token", "prettyPrint",
            "quotaUser", "uploadType", "upload_protocol");
    }

    /// <summary>The library sends only parameters that are declared; those in the path are required.</summary>
    private protected void Declare(string kind, params string[] names)
    {
        foreach (var name in names)
        {
            var parameter = new Parameter { Name = name, IsRequired = kind == "path", ParameterType = kind };
            RequestParameters.Add(name, parameter);
        }
    }

    /// <summary>Version of the error format.</summary>
    public enum XgafvEnum
    {
        [StringValue("1")] Value1,
        [StringValue("2")] Value2,
    }

    /// <summary>Form of the answer.</summary>
    public enum AltEnum
    {
        [StringValue("json")] Json,
        [StringValue("media")] Media,
        [StringValue("proto")] Proto,
    }
}
