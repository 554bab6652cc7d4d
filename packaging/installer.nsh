; What the Windows installer does beside electron-builder's own steps: links of ours (wirewatch://open?...) open the app.
; They are registered for whom it is installed, and removed again; what is registered elsewhere stays.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\wirewatch" "" "URL:Wirewatch"
  WriteRegStr SHELL_CONTEXT "Software\Classes\wirewatch" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\wirewatch\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\wirewatch\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--" "%1"'
!macroend

!macro forgetLinks ROOT
  ReadRegStr $R9 ${ROOT} "Software\Classes\wirewatch\shell\open\command" ""
  ${if} $R9 == '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--" "%1"'
    DeleteRegKey ${ROOT} "Software\Classes\wirewatch"
  ${endIf}
!macroend

!macro customUnInstall
  ; An update uninstalls the version before: its links go on.
  ${ifNot} ${isUpdated}
    !insertmacro forgetLinks SHELL_CONTEXT
    ; The app registers them for the person who runs it, also where it is installed for all.
    !insertmacro forgetLinks HKCU
    ; The person may have had it start at login.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "org.wirewatch.desktop"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "org.wirewatch.desktop"
  ${endIf}
!macroend
