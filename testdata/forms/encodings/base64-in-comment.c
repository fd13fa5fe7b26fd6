/*
 * {key:json|base64|wrap64-comment}
 */
