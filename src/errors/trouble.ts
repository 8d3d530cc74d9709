/** Whether a callback or the token endpoint reports a problem at Clever, and none of the login or of the app. */
export function isTroubleAtClever({
  error,
  status = 0,
}: {
  error?: string | undefined;
  status?: number | undefined;
}): boolean {
  return status === 429 || status >= 500 || error === 'server_error' || error === 'temporarily_unavailable';
}
