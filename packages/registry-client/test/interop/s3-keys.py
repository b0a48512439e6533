"""Prepare a server of moto for models: a bucket, and the keys of a role's session, as JSON.

From then on the server checks the signature and the rights of every request.
Usage: python s3-keys.py ENDPOINT
"""

import json
import sys
import urllib.request

import boto3

endpoint = sys.argv[1]
setup = {
    "endpoint_url": endpoint,
    "region_name": "us-east-1",
    "aws_access_key_id": "setup",
    "aws_secret_access_key": "setup",
}
boto3.client("s3", **setup).create_bucket(Bucket="models")
iam = boto3.client("iam", **setup)


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


trust = policy(Action="sts:AssumeRole", Principal={"AWS": "*"})
role = iam.create_role(RoleName="catalog", AssumeRolePolicyDocument=trust)["Role"]
iam.put_role_policy(
    RoleName="catalog", PolicyName="files", PolicyDocument=policy(Action="s3:*", Resource="*")
)
sts = boto3.client("sts", **setup)
keys = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="version")["Credentials"]
address = f"{endpoint}/moto-api/reset-auth"
headers = {"Content-Type": "text/plain"}
urllib.request.urlopen(urllib.request.Request(address, data=b"0", headers=headers))
print(
    json.dumps(
        {
            "access_key_id": keys["AccessKeyId"],
            "secret_access_key": keys["SecretAccessKey"],
            "session_token": keys["SessionToken"],
        }
    )
)
