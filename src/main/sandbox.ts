/**
 * Why the app does not open without Chromium's sandbox. An AppImage adds `--no-sandbox` by itself where the system lets no
 * program make one; the page shows what strangers wrote, so the app says what would help in place of that.
 */
export const NO_SANDBOX =
  'Wirewatch does not run without its sandbox ("--no-sandbox"), and this system lets a program make none by itself ' +
  '(unprivileged user namespaces are off). Install the .deb package, which brings the permission along, or have the ' +
  'administrator allow it: sysctl kernel.apparmor_restrict_unprivileged_userns=0. '
