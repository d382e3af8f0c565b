namespace CountingKit.Sandbox.Google.Wire;

/// <summary>The names and types of Drive v3 that this stand-in knows; written like <see cref="SheetsSchema"/>.</summary>
internal static class DriveSchema
{
    public static readonly Schema Types = Schema.Parse("""
        File kind:string id:string name:string mimeType:string description:string trashed:bool starred:bool version:string createdTime:string modifiedTime:string webViewLink:string ownedByMe:bool owners:User[] driveId:string parents:string[] isAppAuthorized:bool appProperties:any capabilities:Capabilities permissions:Permission[] shared:bool size:string
        User kind:string displayName:string emailAddress:string me:bool permissionId:string
        Capabilities canEdit:bool canShare:bool canCopy:bool canRename:bool canTrash:bool canDownload:bool
        FileList kind:string nextPageToken:string incompleteSearch:bool files:File[]
        Permission kind:string id:string type:PermissionType role:Role emailAddress:string displayName:string domain:string allowFileDiscovery:bool
        PermissionType user|group|domain|anyone
        Role owner|organizer|fileOrganizer|writer|commenter|reader
        PermissionList kind:string nextPageToken:string permissions:Permission[]
        About kind:string user:User
        """);
}
