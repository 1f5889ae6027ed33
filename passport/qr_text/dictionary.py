"""The dictionaries that both sides know, so that only what is particular to a badge has to travel.

Each is part of its format (RFC 1951 deflate with a preset dictionary): a change to it is a new version, with
the old one kept for reading. The likeliest text stands last, where deflate reaches it most cheaply.
"""

from typing import Final

SP1: Final = (
    b'"conceptScheme":"http://data.europa.eu/esco/occupation/","http://data.europa.eu/esco/isco/C'
    b'"type":["ResultDescription"],"resultType":"RubricCriterionLevel","rubricCriterionLevel":[{'
    b'"type":["RubricCriterionLevel"],"level":"requiredLevel":"allowedValue":["resultDescription":"'
    b'"type":["Result"],"achievedLevel":"urn:uuid:","status":"Completed","value":"'
    b'"type":"IdentityObject","identityHash":"sha256$","identityType":"emailAddress","hashed":true,"salt":"'
    b'"credentialSchema":[{"id":"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/'
    b'ob_v3p0_achievementcredential_schema.json","type":"1EdTechJsonSchemaValidator2019"}],'
    b'"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],'
    b'"https://www.w3.org/2018/credentials/v1","issuanceDate":"expirationDate":"'
    b'"DiplomaCertificateMicroCredentialAssessmentApprenticeshipCertificateLicenseBadgeCourse'
    b"examinationassessmentvalidationobservationwork-recordself-reportderived"
    b'{"type":"PresentationRequest","id":"urn:uuid:","verifier":{"id":"did:web:","name":"'
    b'"purpose":"labour-market","profile":{"type":"FunctionProfile","version":1,"name":{"en":"","nl":"'
    b'"publisher":{"id":"did:web:","occupation":"taxonomy":"ESCO 1.1.1","demands":[{"skill":"label":"'
    b'"required":true,"minimumStrength":"semi-hard","maximumAgeMonths":"acceptedRecognitions":["educator",'
    b'"responseUri":"https://'
    b'"image":{"id":"https:///image.png","type":"Image","caption":"The ","email":"@","url":"https://www.'
    b'"humanCode":"fieldOfStudy":"licenseNumber":"tag":["formal"],"creator":{"id":"did:web:'
    b'"source":{"id":"did:web:","type":["Profile"],"name":"role":"activityStartDate":"202'
    b'"activityEndDate":"-01T00:00:00Z","result":[{"type":["Result"],"value":"'
    b'"relatedResource":[{"id":"urn:uuid:","digestMultibase":"uEi","mediaType":"application/pdf"}],'
    b'"evidence":[{"type":["Evidence"],"id":"https://","name":"description":"genre":"narrative":"'
    b'"credentialStatus":[{"id":"https:///status/","type":"BitstringStatusListEntry",'
    b'"statusPurpose":"suspension","statusPurpose":"revocation","statusListIndex":"'
    b'"statusListCredential":"https://'
    b'"verifiableCredential":[{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:",'
    b'"type":["VerifiablePresentation"],"holder":"did:key:z6Mk'
    b'{"@context":["https://www.w3.org/ns/credentials/v2",'
    b'"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:",'
    b'"type":["VerifiableCredential","OpenBadgeCredential"],"name":"","issuer":{"type":["Profile"],'
    b'"id":"did:key:z6Mk","name":"did:web:","validFrom":"2026-01-0","validUntil":"2031-01-'
    b'"credentialSubject":{"id":"did:key:z6Mk","type":["AchievementSubject"],'
    b'"achievement":{"type":["Achievement"],"id":"https:///achievements/","achievementType":"Competency",'
    b'"name":"","description":"This achievement ","criteria":{"narrative":"'
    b'"alignment":[{"type":["Alignment"],"targetName":"","targetFramework":"ESCO","targetType":"CFItem",'
    b'"targetCode":"","targetType":"ceasn:Competency","targetUrl":"http://data.europa.eu/esco/skill/'
    b'"proof":[{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","cryptosuite":"eddsa-rdfc-2022",'
    b'"created":"2026-T00:00:00Z","expires":"2026-T00:00:00Z","verificationMethod":"did:web:#key-1'
    b'"verificationMethod":"did:key:z6Mk#z6Mk","proofPurpose":"authentication","challenge":"domain":"'
    b'"proofPurpose":"assertionMethod","proofValue":"z'
)

SP2: Final = SP1 + (
    b'"nbf":1795176000,"exp":1952942400,"iat":1795176000,"vct":"https://","iss":"did:web:","sub":"did:key:z6Mk'
    b'"jti":"urn:uuid:","validFrom":"2026-11-20T00:00:00Z","validUntil":"2031-11-20T00:00:00Z",'
    b'"_sd_alg":"sha-256","cnf":{"jwk":{"kty":"EC","crv":"P-256","kty":"OKP","crv":"Ed25519","x":"'
    b'","y":""}}}"alignment":[{"...":""},{"...":""}]"_sd":[""],"result":[{"type":["Result"],"status":"'
    b'",{"type":["Alignment"],"targetUrl":"http://data.europa.eu/esco/skill/","targetName":"'
    b'","targetFramework":"ESCO 1.1.1"}]'
    b'{"@context":["https://www.w3.org/ns/credentials/v2",'
    b'"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:",'
    b'"type":["VerifiableCredential","OpenBadgeCredential"],"name":"'
    b'"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,data:application/vc+sd-jwt,'
    b'{"alg":"EdDSA","typ":"dc+sd-jwt","kid":"did:web:#key-1"}'
    b'{"alg":"ES256","typ":"vc+sd-jwt","cty":"vc","kid":"did:web:'
    b'{"alg":"ES256","typ":"vc+jwt","cty":"vc","kid":"did:web:'
)
